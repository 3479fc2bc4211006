import type { ByteSource } from '../byte-source';
import { isEscapingName } from '../archive/member-name';
import type { ScanContext } from '../scan-context';
import { fieldText, isBroken, type ProtoField, walkMessage } from './protobuf';

/** Field numbers of onnx.proto3, IR version 11. */
const MODEL = { graph: 7, opsetImport: 8, function: 25 } as const;
const GRAPH = { node: 1, initializer: 5, sparseInitializer: 15 } as const;
const NODE = { attribute: 5 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 } as const;
const TENSOR = { externalData: 13 } as const;
const MAX_DEPTH = 12;

const KNOWN_DOMAIN =
  /^(?:|ai\.onnx(?:\.ml|\.training|\.preview(?:\.training)?)?|com\.microsoft(?:\.[a-z]+)?|org\.pytorch\.aten)$/;

/** A model has an IR version, a graph and at least one operator set, and every byte belongs to a field. */
export function isOnnx(source: ByteSource, isOver: () => boolean): boolean {
  if (source.read(0, 1)[0] !== 0x08) return false;
  const seen = new Set<number>();
  for (const field of walkMessage(source, 0, source.size)) {
    if (isBroken(field) || field.number > 100 || isOver()) return false;
    seen.add(field.number);
  }
  return seen.has(1) && seen.has(MODEL.graph) && seen.has(MODEL.opsetImport);
}

/** Looks for files the model reads and for operators that need a foreign library. */
export function scanOnnx(source: ByteSource, context: ScanContext): void {
  context.recognise('onnx');
  for (const field of walkMessage(source, 0, source.size)) {
    if (field.number === MODEL.graph) walkGraph(source, field, context, 0);
    if (field.number === MODEL.opsetImport) checkDomain(source, field, context);
    if (field.number === MODEL.function) walkNodes(source, field, 7, context, 0);
  }
}

function checkDomain(source: ByteSource, opset: ProtoField, context: ScanContext): void {
  for (const field of fields(source, opset)) {
    if (field.number !== 1) continue;
    const domain = fieldText(source, field);
    if (!KNOWN_DOMAIN.test(domain)) {
      context.report({
        ruleId: 'ONX-002',
        message: `The model needs operators of the domain ${domain}`,
        identity: domain,
      });
    }
  }
}

function walkGraph(source: ByteSource, graph: ProtoField, context: ScanContext, depth: number): void {
  if (depth > MAX_DEPTH) {
    context.reportLimit('Graphs lie too deep in each other');
    return;
  }
  for (const field of fields(source, graph)) {
    if (context.isExpired()) return;
    if (field.number === GRAPH.initializer) checkTensor(source, field, context);
    if (field.number === GRAPH.sparseInitializer)
      for (const part of fields(source, field)) checkTensor(source, part, context);
    if (field.number === GRAPH.node) walkNode(source, field, context, depth);
  }
}

function walkNodes(source: ByteSource, parent: ProtoField, number: number, context: ScanContext, depth: number): void {
  for (const field of fields(source, parent)) if (field.number === number) walkNode(source, field, context, depth);
}

function walkNode(source: ByteSource, node: ProtoField, context: ScanContext, depth: number): void {
  for (const attribute of fields(source, node)) {
    if (attribute.number !== NODE.attribute) continue;
    for (const field of fields(source, attribute)) {
      if (field.number === ATTRIBUTE.tensor || field.number === ATTRIBUTE.tensors) checkTensor(source, field, context);
      if (field.number === ATTRIBUTE.graph || field.number === ATTRIBUTE.graphs)
        walkGraph(source, field, context, depth + 1);
    }
  }
}

function checkTensor(source: ByteSource, tensor: ProtoField, context: ScanContext): void {
  for (const field of fields(source, tensor)) {
    if (field.number !== TENSOR.externalData) continue;
    const pair = [...fields(source, field)];
    const key = pair.find(({ number }) => number === 1);
    const value = pair.find(({ number }) => number === 2);
    if (key === undefined || value === undefined || fieldText(source, key) !== 'location') continue;
    const location = fieldText(source, value);
    if (isEscapingName(location)) {
      const cve = ['CVE-2022-25882', 'CVE-2024-27318', 'CVE-2025-51480'];
      context.report({ ruleId: 'ONX-001', message: `A tensor is read from ${location}`, cve, identity: location });
    }
  }
}

function* fields(source: ByteSource, message: ProtoField): Generator<ProtoField> {
  if (message.wire !== 2) return;
  for (const field of walkMessage(source, message.start, message.start + message.length)) {
    if (isBroken(field)) return;
    yield field;
  }
}

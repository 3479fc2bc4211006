import type { ByteSource } from '../byte-source';
import { isEscapingName } from '../archive/member-name';
import type { ScanContext } from '../scan-context';
import { fieldText, isBroken, type ProtoField, walkMessage } from './protobuf';

/** Field numbers of onnx.proto3, IR version 11. */
const MODEL = { irVersion: 1, graph: 7, opsetImport: 8, trainingInfo: 20, function: 25 } as const;
const GRAPH = { node: 1, initializer: 5, sparseInitializer: 15 } as const;
const NODE = { attribute: 5 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 } as const;
const TENSOR = { externalData: 13 } as const;
const MAX_DEPTH = 12;

const KNOWN_DOMAIN =
  /^(?:|ai\.onnx(?:\.ml|\.training|\.preview(?:\.training)?)?|com\.microsoft(?:\.[a-z]+)?|org\.pytorch\.aten)$/;

/**
 * Every byte belongs to a field, in any order and whatever their numbers, and one of them is a graph. The version and
 * the operator sets may be missing: `onnx.load` reads external data without them.
 */
export function isOnnx(source: ByteSource, isOver: () => boolean): boolean {
  let hasGraph = false;
  let isTold = false;
  for (const field of walkMessage(source, 0, source.size)) {
    if (isBroken(field) || isOver()) return false;
    if (field.number === MODEL.irVersion && field.wire === 0) isTold = true;
    if (field.wire !== 2) continue;
    if (field.number === MODEL.opsetImport) isTold = true;
    if (field.number !== MODEL.graph) continue;
    const parts = graphParts(source, field, isOver);
    if (parts === undefined) return false;
    hasGraph = true;
    if (parts > 0) isTold = true;
  }
  return hasGraph && isTold;
}

/** How many nodes and tensors a graph has; undefined when its bytes are no message. */
function graphParts(source: ByteSource, graph: ProtoField, isOver: () => boolean): number | undefined {
  let parts = 0;
  for (const field of walkMessage(source, graph.start, graph.start + graph.length)) {
    if (isBroken(field) || isOver()) return undefined;
    if (field.wire === 2 && (field.number === GRAPH.node || field.number === GRAPH.initializer)) parts += 1;
  }
  return parts;
}

/** Looks for files the model reads and for operators that need a foreign library. */
export function scanOnnx(source: ByteSource, context: ScanContext): void {
  context.recognise('onnx');
  for (const field of walkMessage(source, 0, source.size)) {
    if (context.isExpired()) return;
    if (field.number === MODEL.graph) walkGraph(source, field, context, 0);
    // Both fields of a training step, its beginning and its algorithm, are graphs.
    if (field.number === MODEL.trainingInfo)
      for (const part of fields(source, field)) walkGraph(source, part, context, 1);
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
    // Of a field that stands twice the last one counts.
    const key = pair.findLast(({ number }) => number === 1);
    const value = pair.findLast(({ number }) => number === 2);
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

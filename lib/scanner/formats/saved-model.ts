import type { ByteSource } from '../byte-source';
import type { ScanContext } from '../scan-context';
import { fieldText, isBroken, type ProtoField, walkMessage } from './protobuf';

/** Field paths from the outermost message to NodeDef, in saved_model.proto, meta_graph.proto and graph.proto. */
const NODE_PATHS: readonly (readonly number[])[] = [
  [2, 2, 1],
  [2, 2, 2, 1, 3],
  // A frozen GraphDef.
  [1],
  [2, 1, 3],
  // A MetaGraphDef, the `.meta` file of a checkpoint.
  [2, 1],
  [2, 2, 1, 3],
];
const NODE_OP = 2;
const OP_NAME = /^[A-Z][A-Za-z0-9_>]{1,80}$/;

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

const DANGEROUS = words(`ReadFile WriteFile MatchingFiles PyFunc PyFuncStateless EagerPyFunc ImmutableConst
  WholeFileReader WholeFileReaderV2 FixedLengthRecordReader FixedLengthRecordReaderV2 FixedLengthRecordDataset
  FixedLengthRecordDatasetV2 RpcCall RpcServer RpcClient RegisterDataset RegisterDatasetV2 DataServiceDataset
  DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 SqlDataset LMDBReader LMDBDataset LoadAndRemapMatrix
  GenerateBigQueryReaderPartitions BigQueryReader`);
const NOTICED = words(`Print PrintV2 DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary
  DebugNumericSummaryV2 DistributedSave Save SaveSlices SaveDataset SaveDatasetV2 SnapshotDataset SnapshotDatasetV2`);

/** True when the file consists of fields, in any order and also unknown ones, and holds nodes with operation names. */
export function isTensorFlowGraph(source: ByteSource, isOver: () => boolean): boolean {
  let hasParts = false;
  for (const field of walkMessage(source, 0, source.size)) {
    if (isBroken(field) || isOver()) return false;
    hasParts ||= field.wire === 2 && (field.number === 1 || field.number === 2);
  }
  if (!hasParts) return false;
  for (const path of NODE_PATHS) for (const _operation of operations(source, path, isOver)) return true;
  return false;
}

/** Reports operations that read or write files, reach the network or call Python (TensorAbuse, 2024). */
export function scanTensorFlowGraph(source: ByteSource, context: ScanContext): void {
  context.recognise('tensorflow');
  for (const path of NODE_PATHS) {
    for (const operation of operations(source, path, () => context.isExpired())) {
      if (DANGEROUS.has(operation))
        context.report({ ruleId: 'TF-001', message: `The graph runs ${operation}`, identity: operation });
      else if (NOTICED.has(operation))
        context.report({ ruleId: 'TF-002', message: `The graph runs ${operation}`, identity: operation });
    }
  }
}

function* operations(source: ByteSource, path: readonly number[], isOver: () => boolean): Generator<string> {
  const whole = { number: 0, wire: 2, value: 0, start: 0, length: source.size };
  for (const node of descend(source, whole, path)) {
    if (isOver()) return;
    for (const field of walkMessage(source, node.start, node.start + node.length)) {
      if (isBroken(field)) break;
      if (field.number !== NODE_OP || field.wire !== 2 || field.length > 81) continue;
      const name = fieldText(source, field);
      if (OP_NAME.test(name)) yield name;
    }
  }
}

function* descend(
  source: ByteSource,
  message: ProtoField,
  [number, ...rest]: readonly number[],
): Generator<ProtoField> {
  if (number === undefined) {
    yield message;
    return;
  }
  for (const field of walkMessage(source, message.start, message.start + message.length)) {
    if (isBroken(field)) return;
    if (field.number === number && field.wire === 2) yield* descend(source, field, rest);
  }
}

import { isTarHeader, scanTar } from './archive/tar';
import { scanSevenZip } from './archive/seven-zip';
import { scanZip } from './archive/scan-zip';
import { hasZipDirectory } from './archive/zip-directory';
import { scanCompressed } from './archive/scan-compressed';
import type { ByteSource } from './byte-source';
import type { ContentScanner } from './content-scanner';
import { compressionOf, isExecutable, isLfsPointer, isPyc } from './content-kind';
import { isGguf, scanGguf } from './formats/gguf';
import { hdf5Start, scanHdf5 } from './formats/hdf5';
import { isJson } from './formats/json';
import { isNumpy, numpyPickle } from './formats/numpy';
import { isOnnx, scanOnnx } from './formats/onnx';
import { isParquet } from './formats/parquet';
import { isSafetensors, scanSafetensors } from './formats/safetensors';
import { isTensorFlowGraph, scanTensorFlowGraph } from './formats/saved-model';
import { scanPickle } from './pickle/scan-pickle';
import type { Policy } from './policy';
import type { ScanContext } from './scan-context';
import { scanCompiledPython } from './text/compiled-python';
import { hasTextName, isText } from './text/text-stream';

const HEAD = 512;
/** Names that promise a format which no pickle loader is ever given. */
const NO_PICKLE_NAME =
  /\.(?:safetensors|gguf|onnx|h5|hdf5|keras|pb|parquet|csv|tsv|jsonl?|txt|md|ya?ml|png|jpe?g|gif|webp|pdf|html?|xml|mp[34]|wav)$/i;
const WHEEL = /\.(?:whl|egg|jar|apk|nupkg|vsix)$/i;
/** Members that hold nothing but numbers; torch and zip-based formats name them so. */
const RAW_TENSOR = /(?:^|\/)(?:data|tensors|constants)\/\d+$/;

/** Routes content by what it is; a name that promises text only adds the rules of texts. Every parser a loader might use gets its turn. */
export function createContentScanner(policy: Policy): ContentScanner {
  const allowedGlobals = new Set(policy.allowedGlobals);
  const scanContent: ContentScanner = async (source, context) => {
    if (source.size === 0 || context.isExpired()) return;
    const head = source.read(0, HEAD);
    if (isLfsPointer(head)) {
      context.recognise('lfs-pointer');
      context.markIncomplete();
      context.report({ ruleId: 'IDN-002', message: 'The content lies in Git LFS and was not scanned' });
      if (!hasZipDirectory(source)) return;
    }
    const containers = await scanContainers(source, head, context, scanContent);
    const npy = isNumpy(head) ? numpyPickle(source, context) : undefined;
    const models = scanModels(source, head, containers, context);
    const pickleOptions = { allowedGlobals, scanContent, isTailExpected: containers > 0 };
    const pickle = await scanPickle(npy ?? source, context, pickleOptions);
    if (pickle.isPickle) context.recognise('pickle');
    const hasOwnPickle = pickle.hasNames && npy === undefined && !isLocalHeader(head);
    reportDisguise(hasOwnPickle, containers + models, context);
    if (isParquet(source)) await scanAsDataset(source, context);
    else if (isExecutable(source)) reportExecutable(context);
    else if (isPyc(head)) scanCompiledPython(source.read(0, context.limits.documentBytes), context);
    // What a reader takes for text by its name is read as such too, whatever else it is.
    if (
      hasTextName(context.name) ||
      (containers === 0 && models === 0 && (isText(source) || isJson(source, context.limits.documentBytes)))
    )
      await scanAsText(source, policy, context);
    else if (context.format === 'unknown' && context.memberPath.length === 0) {
      context.report({ ruleId: 'SYS-003', message: 'No parser knows this format' });
    }
  };
  return scanContent;
}

/** The text rules are many: they are loaded with the first text. */
async function scanAsText(source: ByteSource, policy: Policy, context: ScanContext): Promise<void> {
  const { scanTextFile } = await import('./text/scan-text-file');
  await scanTextFile(source, policy, context);
}

async function scanAsDataset(source: ByteSource, context: ScanContext): Promise<void> {
  const { scanParquet } = await import('./text/scan-parquet');
  await scanParquet(source, context);
}

/** A zip archive begins so. As a pickle it names a persistent object, and its stored members can follow as opcodes. */
const isLocalHeader = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PK\x03\x04';

/** Archives and compressed streams; answers how many kinds the content is at once. */
async function scanContainers(
  source: ByteSource,
  head: Uint8Array,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<number> {
  let count = 0;
  if (RAW_TENSOR.test(context.name) && context.memberPath.length > 0) return 0;
  if (hasZipDirectory(source)) {
    await scanZip(source, context, scanContent);
    count += 1;
  } else if (isLocalHeader(head)) {
    context.recognise('zip');
    context.reportUnreadable('The zip archive has no directory');
  }
  if (isTarHeader(source)) {
    await scanTar(source, context, scanContent);
    count += 1;
  }
  const compression = compressionOf(head);
  if (compression === '7z') await scanSevenZip(source, context, scanContent);
  else if (compression === undefined || !(await scanCompressed(source, compression, context, scanContent)))
    return count;
  return count + 1;
}

/** Formats that are a model by themselves; answers how many of them the content is, since loaders look at one only. */
function scanModels(source: ByteSource, head: Uint8Array, containers: number, context: ScanContext): number {
  const hdf5 = hdf5Start(source);
  const isOver = (): boolean => context.isExpired();
  const scanners = [
    isGguf(head) && scanGguf,
    isSafetensors(source) && scanSafetensors,
    hdf5 !== undefined && scanHdf5,
    isOnnx(source, isOver) && scanOnnx,
    isTensorFlowGraph(source, isOver) && scanTensorFlowGraph,
  ].filter((scanner) => scanner !== false);
  for (const scanner of scanners) scanner(source, context);
  // The first member of a tar archive begins where the superblock behind a user block does.
  const isMember = containers > 0 && hdf5 !== undefined && hdf5 > 0;
  return scanners.length - Number(isMember);
}

/** A pickle under a foreign name, or that is another format too, wants to be loaded unseen. */
function reportDisguise(isPickle: boolean, otherKinds: number, context: ScanContext): void {
  if (!isPickle) {
    if (otherKinds > 1)
      context.report({ ruleId: 'SYS-004', message: 'The content is of several kinds at once', identity: 'polyglot' });
    return;
  }
  if (otherKinds > 0) {
    context.report({
      ruleId: 'SYS-004',
      message: 'The content is a pickle and of another kind at once',
      identity: 'polyglot',
    });
  } else if (NO_PICKLE_NAME.test(context.name)) {
    context.report({ ruleId: 'SYS-004', message: `${context.name} is a pickle`, identity: 'name' });
  }
}

function reportExecutable(context: ScanContext): void {
  context.recognise('executable');
  const isPackage =
    context.memberPath.length > 0 && [context.artifactPath, ...context.memberPath].some((name) => WHEEL.test(name));
  if (context.memberPath.length > 0 && !isPackage) {
    context.report({ ruleId: 'ARC-005', message: `${context.name} is a program or native library` });
  } else if (/\.(?:pt|pth|bin|ckpt|pkl|pickle|safetensors|gguf|onnx|h5|keras|npy|npz|joblib)$/i.test(context.name)) {
    context.report({ ruleId: 'SYS-004', message: `${context.name} is a program`, identity: 'program' });
  }
}

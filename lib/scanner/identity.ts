import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileSource } from './byte-source';
import type { FoundFile } from './file-walk';
import { kindOfArtifact } from './model-artifact';
import type { Policy } from './policy';
import type { ArtifactResult } from './scan-artifact';
import { ScanContext } from './scan-context';
import { SIGNATURE_FORMAT } from './signing/signature-format';

const CHECKSUM_FILE = /(?:^|\/)(?:sha256sums?(?:\.txt)?|checksums?(?:\.sha256|\.txt)?|[^/]+\.sha256(?:sum)?)$/i;
const MAX_CHECKSUM_BYTES = 1 << 20;
const BLOCK = 1 << 20;

/**
 * What only shows when all files are known: digests that a list beside them names (IDN-001), and models without a signature
 * where the policy asks for one (IDN-004). Answers the results with these findings added.
 */
export function withIdentity(
  files: readonly FoundFile[],
  results: readonly ArtifactResult[],
  policy: Policy,
): ArtifactResult[] {
  const expected = readExpectedDigests(files);
  const signed = results.filter(({ format }) => format === SIGNATURE_FORMAT).map(({ path }) => posix.dirname(path));
  if (expected.size === 0 && !policy.requireSignature) return [...results];
  const places = new Map(files.map(({ path, absolutePath }) => [path, absolutePath]));
  return results.map((result) => {
    const context = ScanContext.forArtifact({ path: result.path, size: result.size, limits: policy.limits });
    const wanted = expected.get(result.path);
    const place = places.get(result.path);
    if (wanted !== undefined && place !== undefined) checkDigest(place, wanted, context);
    const isUnsigned =
      policy.requireSignature &&
      kindOfArtifact(result) === 'model' &&
      !signed.some((folder) => folder === '.' || result.path.startsWith(`${folder}/`));
    if (isUnsigned) context.report({ ruleId: 'IDN-004', message: 'No model signature lies beside it or above it' });
    return added(result, context);
  });
}

interface ExpectedDigest {
  digest: string;
  /** The list that names it. */
  list: string;
}

function readExpectedDigests(files: readonly FoundFile[]): Map<string, ExpectedDigest> {
  const expected = new Map<string, ExpectedDigest>();
  for (const { path, absolutePath, size } of files) {
    if (!CHECKSUM_FILE.test(path) || size > MAX_CHECKSUM_BYTES) continue;
    for (const [name, digest] of parseChecksums(readText(absolutePath), posix.basename(path)))
      expected.set(posix.normalize(posix.join(posix.dirname(path), name)), { digest, list: path });
  }
  return expected;
}

/** The scan itself has reported a list that cannot be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Lines of sha256sum (`digest  name`), of BSD (`SHA256 (name) = digest`), or one digest alone in `name.sha256`.
 * Answers pairs of name and lower-case digest.
 */
export function parseChecksums(text: string, listName: string): [string, string][] {
  const alone = /^\s*([0-9a-f]{64})\s*$/i.exec(text)?.[1];
  if (alone !== undefined) return [[listName.replace(/\.sha256(?:sum)?$/i, ''), alone.toLowerCase()]];
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const gnu = /^\\?([0-9a-f]{64}) [ *](.+)$/i.exec(line);
    if (gnu !== null) return [[gnu[2]!, gnu[1]!.toLowerCase()]];
    const bsd = /^SHA256 \((.+)\) = ([0-9a-f]{64})$/i.exec(line);
    return bsd === null ? [] : [[bsd[1]!, bsd[2]!.toLowerCase()]];
  });
}

function checkDigest(file: string, { digest, list }: ExpectedDigest, context: ScanContext): void {
  const hash = createHash('sha256');
  const block = new Uint8Array(BLOCK);
  try {
    const source = fileSource(file);
    try {
      for (let offset = 0; offset < source.size; offset += BLOCK) {
        if (context.isExpired()) return;
        hash.update(block.subarray(0, source.readInto(block, offset)));
      }
    } finally {
      source.close();
    }
  } catch {
    context.reportUnreadable('Its digest cannot be computed');
    return;
  }
  if (hash.digest('hex') !== digest)
    context.report({ ruleId: 'IDN-001', message: `Its SHA-256 is not the one that ${list} names`, identity: digest });
}

function added(result: ArtifactResult, context: ScanContext): ArtifactResult {
  if (context.findings.length === 0) return result;
  const { format, sha256 } = result;
  const findings = context.findings.map((finding) => ({
    ...finding,
    artifact: { ...finding.artifact, format, ...(sha256 === undefined ? {} : { sha256 }) },
  }));
  return {
    ...result,
    findings: [...result.findings, ...findings],
    isIncomplete: result.isIncomplete || context.isIncomplete,
  };
}

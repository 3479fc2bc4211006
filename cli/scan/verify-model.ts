import { createPublicKey, X509Certificate } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { assembleReport } from '@/lib/scanner/assemble-report';
import type { OutputFormat } from '@/lib/scanner/output/format-names';
import { renderReport } from '@/lib/scanner/output/formats';
import { DEFAULT_POLICY } from '@/lib/scanner/policy';
import type { ArtifactResult } from '@/lib/scanner/scan-artifact';
import { type FindingDraft, ScanContext } from '@/lib/scanner/scan-context';
import {
  SignatureError,
  type Trust,
  verifyBundle,
  type VerifiedSignature,
} from '@/lib/scanner/signing/model-signature';
import { compareFiles } from '@/lib/scanner/signing/signed-files';
import { SIGNATURE_FORMAT } from '@/lib/scanner/signing/signature-format';
import { EXIT_OF, EXIT_USAGE } from './exit-codes';

export interface VerifyModelOptions {
  oms: string;
  publicKey?: string;
  certificate: string[];
  format: OutputFormat;
}

const MAX_BUNDLE_BYTES = 1 << 27;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Runs `verify-model` and answers its exit code. Whatever does not fit fails: a signature is there to be believed. */
export async function verifyModel(folder: string, options: VerifyModelOptions): Promise<number> {
  const clock = performance.now();
  let trust: Trust;
  try {
    if (!lstatSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
    trust = readTrust(options);
  } catch (error) {
    console.error((error as Error).message);
    return EXIT_USAGE;
  }
  const { results, verified } = check(folder, options.oms, trust);
  const report = assembleReport(results, {
    policy: { ...DEFAULT_POLICY, failOnSeverity: 'MEDIUM' },
    policySource: 'unmanaged',
    startedAt: new Date(),
    durationMs: performance.now() - clock,
    skipped: 0,
  });
  process.stdout.write(renderReport(report, options.format, process.stdout.isTTY));
  if (report.verdict === 'pass' && verified !== undefined) console.error(describe(verified));
  return EXIT_OF[report.verdict];
}

function readTrust({ publicKey, certificate }: VerifyModelOptions): Trust {
  if ((publicKey === undefined) === (certificate.length === 0))
    throw new Error('Name either --public-key or --certificate: without trust a signature says nothing.');
  if (publicKey !== undefined) return { publicKey: createPublicKey(readFileSync(publicKey)) };
  const pems = certificate.flatMap((file) => readFileSync(file, 'latin1').match(PEM_CERTIFICATE) ?? []);
  if (pems.length === 0) throw new Error('The files named with --certificate hold no certificate.');
  return { certificates: pems.map((pem) => new X509Certificate(pem)) };
}

function check(folder: string, oms: string, trust: Trust): { results: ArtifactResult[]; verified?: VerifiedSignature } {
  const place = relativePath(oms);
  const size = lstatSync(oms, { throwIfNoEntry: false })?.size;
  const one = (draft: FindingDraft): ArtifactResult => resultOf(place, size ?? 0, SIGNATURE_FORMAT, draft);
  if (size === undefined) return { results: [one({ ruleId: 'IDN-004', message: 'There is no signature' })] };
  try {
    if (size > MAX_BUNDLE_BYTES) throw new SignatureError('it is far larger than any signature');
    const verified = verifyBundle(readFileSync(oms, 'utf8'), trust);
    const ignored = new Set([relative(folder, oms).split(sep).join('/')]);
    const problems = compareFiles(folder, verified.statement, ignored);
    return {
      results: [resultOf(place, size, SIGNATURE_FORMAT), ...problems.map((problem) => asResult(folder, problem))],
      verified,
    };
  } catch (error) {
    const message = `The signature does not verify: ${(error as Error).message}`;
    return { results: [one({ ruleId: 'IDN-003', message })] };
  }
}

function asResult(folder: string, { path, kind, message }: ReturnType<typeof compareFiles>[number]): ArtifactResult {
  const file = join(folder, path);
  const size = lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const ruleId = kind === 'changed' ? 'IDN-001' : 'IDN-003';
  return resultOf(relativePath(file), size, 'unknown', { ruleId, message, identity: kind });
}

function resultOf(path: string, size: number, format: string, draft?: FindingDraft): ArtifactResult {
  const context = ScanContext.forArtifact({ path, size, limits: DEFAULT_POLICY.limits });
  context.recognise(format);
  if (draft !== undefined) context.report(draft);
  const findings = context.findings.map((one) => ({ ...one, artifact: { ...one.artifact, format } }));
  return { path, size, format, findings, isIncomplete: false };
}

const relativePath = (file: string): string =>
  (relative(process.cwd(), resolve(file)).split(sep).join('/') || '.').slice(-1024);

function describe({ statement, method, signer }: VerifiedSignature): string {
  const { resources } = statement.predicate;
  const by = signer === undefined ? 'the key' : signer.subject.replaceAll('\n', ', ');
  const expired =
    signer !== undefined && Date.parse(signer.validTo) < Date.now()
      ? ` The certificate ended on ${signer.validTo}; the bundle does not prove when it was used.`
      : '';
  return `Verified by ${method}: ${resources.length} signed parts, signed by ${by}.${expired}`;
}

import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildVerify } from '@/cli/build-verify';
import { canonicalJson } from '@/lib/translog/canonical-json';
import { formatCheckpoint } from '@/lib/translog/note/checkpoint';
import { formatNote, signText } from '@/lib/translog/note/signed-note';
import { signer } from '@/lib/translog/note/verifier-key';
import { packParts } from '@/lib/translog/pack/pack-parts';
import { writeTar } from '@/lib/translog/pack/tar';
import { AppendState } from '@/lib/translog/tree/append-state';
import { encodeEntries } from '@/lib/translog/tree/entry-bundle';
import { leafHash } from '@/lib/translog/tree/hash';
import { inclusionSubtrees, verifyInclusion } from '@/lib/translog/tree/inclusion';
import { hashesOf } from '@/lib/translog/tree/subtree';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  /** Events in the pack that is verified; a million is what the goals speak of. */
  readonly events?: number;
  /** A tenth of the work, to see that everything runs. */
  readonly quick?: boolean;
}

/** What `npm run bench -- NAME --size name=value` may change. */
export const sizes = {
  events: { kind: 'whole', help: 'events in the pack that is verified' },
} as const satisfies BenchSizes & Partial<Record<keyof BenchOptions, object>>;

const MILLION = 1_000_000;
const GOAL_SECONDS = 5;
const GOAL_MIB = 128;
const GOAL_LEAVES_PER_SECOND = 200_000;
const ORIGIN = 'bench.example/log';
const BATCH = 10_000;

/** Measures the log's mathematics: appending, proving, and the built single file verifying a pack as a child process. */
export async function run({ events, quick = false }: BenchOptions = {}): Promise<BenchRow[]> {
  const count = events ?? (quick ? MILLION / 10 : MILLION);
  const folder = mkdtempSync(path.join(tmpdir(), 'heptad-bench-log-'));
  try {
    const pack = path.join(folder, 'pack.tar');
    const bytesPerEvent = await writePack(pack, count);
    const program = await buildVerify(path.join(folder, 'heptad-verify.mjs'));
    return [
      ...appending(count),
      ...proving(count),
      { name: 'size of an event', value: Math.round(bytesPerEvent), unit: 'bytes' },
      ...(await verifying(program, pack, count)),
      hashingAlone(pack),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function appending(count: number): BenchRow[] {
  const entries = Array.from({ length: BATCH }, (_, n) => event(n));
  const state = new AppendState();
  const started = process.hrtime.bigint();
  let tiles = 0;
  for (let n = 0; n < count; n++) {
    state.append(entries[n % BATCH]!);
    if (n % 256 === 255) tiles += state.takeFullTiles().length;
  }
  const rate = count / secondsSince(started);
  const atRoot = process.hrtime.bigint();
  for (let n = 0; n < 1_000; n++) state.root();
  const rootMicros = secondsSince(atRoot) * 1_000;
  return [
    {
      name: `append state, events hashed, ${tiles} tiles made`,
      value: Math.round(rate),
      unit: 'leaves/s',
      goal: `≥ ${GOAL_LEAVES_PER_SECOND}`,
      met: rate >= GOAL_LEAVES_PER_SECOND,
    },
    { name: 'root of the tree so far', value: round(rootMicros), unit: 'µs' },
  ];
}

function proving(count: number): BenchRow[] {
  const state = new AppendState();
  const tiles = new Map<string, Uint8Array>();
  const leaf = leafHash(event(0));
  for (let n = 0; n < count; n++) state.appendHash(leaf);
  for (const { level, index, hashes } of state.takeFullTiles()) tiles.set(`${level}/${index}`, hashes);
  const root = state.root();
  const rounds = 1_000;
  let longest = 0;
  const started = process.hrtime.bigint();
  for (let n = 0; n < rounds; n++) {
    const index = (n * 7_919) % count;
    const proof = hashesOf(inclusionSubtrees(index, count), count, ({ level, index }) => {
      return tiles.get(`${level}/${index}`) ?? state.edgeOf(level);
    });
    longest = Math.max(longest, proof.length);
    if (!verifyInclusion(leaf, index, count, proof, root)) throw new Error(`The proof of entry ${index} does not hold`);
  }
  return [
    {
      name: 'inclusion proof from tiles, made and verified',
      value: round((secondsSince(started) / rounds) * 1e6),
      unit: 'µs',
    },
    { name: 'hashes in the longest of them', value: longest, unit: 'hashes', goal: '≤ 21', met: longest <= 21 },
  ];
}

async function verifying(program: string, pack: string, count: number): Promise<BenchRow[]> {
  // The first run brings the file into the page cache, so that the disk of this machine is not what is measured.
  await verifyOnce(program, pack, count);
  const { seconds, peakMiB } = await verifyOnce(program, pack, count);
  const duration = { value: round(seconds), unit: 's', goal: `≤ ${GOAL_SECONDS} per 10⁶` };
  return [
    { name: `${count} events verified offline`, ...duration, met: seconds <= (GOAL_SECONDS * count) / MILLION },
    {
      name: 'peak memory of the verifier',
      value: round(peakMiB),
      unit: 'MiB',
      goal: `≤ ${GOAL_MIB}`,
      met: peakMiB <= GOAL_MIB,
    },
  ];
}

/** How fast this machine hashes the same bytes with nothing else to do: what no verifier can beat. */
function hashingAlone(pack: string): BenchRow {
  const started = process.hrtime.bigint();
  execFileSync('openssl', ['dgst', '-sha256', pack]);
  return { name: 'openssl hashing the same file once, for comparison', value: round(secondsSince(started)), unit: 's' };
}

/**
 * Tells the peak memory of the process it is loaded into, in KiB. Linux counts in `maxRSS` what the parent held when it
 * made the child, here this benchmark; the high-water mark of the child's own memory stands in its status file.
 */
const PEAK_REPORT = `
import { existsSync, readFileSync } from 'node:fs';
process.on('exit', () => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  process.stderr.write('peak ' + (/VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS));
});`;

/** Runs the single file; it reports its own peak memory as it ends. */
function verifyOnce(program: string, pack: string, count: number): Promise<{ seconds: number; peakMiB: number }> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(PEAK_REPORT)}`, program, pack, '--json'];
  const started = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = secondsSince(started);
      const peakKiB = Number(/peak (\d+)/.exec(stderr)?.[1]);
      const isVerified = code === 0 && stdout.includes(`"entries": ${count}`);
      if (isVerified) resolve({ seconds, peakMiB: peakKiB / 1024 });
      else reject(new Error(`The verifier ended with ${code}: ${stdout}${stderr}`));
    });
  });
}

/** Writes a pack of `count` events and returns the mean size of an event in bytes. */
async function writePack(file: string, count: number): Promise<number> {
  const log = signer(ORIGIN, generateKeyPairSync('ed25519').privateKey);
  const state = new AppendState();
  const hashes = Buffer.alloc(count * 32);
  let bytes = 0;
  for (let n = 0; n < count; n++) {
    const entry = event(n);
    const hash = leafHash(entry);
    hashes.set(hash, n * 32);
    state.appendHash(hash);
    bytes += entry.length;
  }
  const text = formatCheckpoint({ origin: ORIGIN, size: count, root: state.root(), extensions: [] });
  const parts = packParts({
    start: 0,
    end: count,
    checkpoint: Buffer.from(formatNote({ text, signatures: [signText(text, log)] })),
    keys: [log.key],
    rangeProof: [],
    history: [],
    hashes: [hashes],
    entries: { size: bytes + 2 * count, chunks: framedEvents(count) },
    openings: [],
    files: [],
  });
  await pipeline(Readable.from(writeTar(parts)), createWriteStream(file));
  return bytes / count;
}

function* framedEvents(count: number): Generator<Uint8Array> {
  for (let start = 0; start < count; start += BATCH) {
    yield encodeEntries(Array.from({ length: Math.min(BATCH, count - start) }, (_, n) => event(start + n)));
  }
}

/** An event as the gateway writes it: a decision with its agent, target, sovereignty snapshot and payload digests. */
function event(n: number): Buffer {
  const digest = createHash('sha256').update(`bench ${n}`).digest('base64');
  const body = {
    v: 1,
    id: `01981f5e-7c00-7000-8000-${n.toString(16).padStart(12, '0')}`,
    kind: 'decision',
    t: { event: '2026-03-02T08:15:30.125Z', recv: '2026-03-02T08:15:30.131Z', clock_error_ms: 2 },
    agent_seq: n,
    agent: { uid: `agent-${n % 97}`, name: 'claims-assistant', version: '4.2.0', type: 'llm', charter_hash: digest },
    behalf: [`person-${n % 1_013}`],
    op: 'execute_tool',
    trace: { trace_id: digest.slice(0, 32), span_id: digest.slice(0, 16), action_id: `act-${n}` },
    target: { type: 'tool', name: 'crm.search', server: 'mcp.crm.internal', port: 443, classification: 2 },
    decision: { effect: 'allow', mode: 'enforce', bundle_hash: digest, policy_ids: ['base-7', 'org-12'], errors: [] },
    payload: [{ role: 'request', alg: 'hmac-sha256', digest, len: 412, media: 'application/json', stored: true }],
    source: { path: 'mcp', assurance: 'enforced' },
  };
  return Buffer.from(canonicalJson(body));
}

function secondsSince(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

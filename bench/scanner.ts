import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScan } from '@/cli/build-scan';
import { arrayRun, askJoblib, isMissed, randomArrays } from '@/lib/scanner/fixtures/joblib-oracle';
import { askCPython, firstDifference, machineEvents } from '@/lib/scanner/fixtures/pickle-oracle';
import { randomPickle } from '@/lib/scanner/fixtures/pickle-streams';
import { Random } from '@/lib/scanner/fixtures/random';
import { sparseZip64 } from '@/lib/scanner/fixtures/sparse-zip';
import type { ScanReport } from '@/lib/scanner/report';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  /** A tenth of the work, to see that everything runs. */
  quick?: boolean;
  /** Mutated streams compared with CPython. */
  streams?: number;
  /** Pickles with arrays compared with joblib. */
  arrays?: number;
  /** Python with numpy, scipy, scikit-learn, pandas, joblib, h5py and onnx; Debian's by default. */
  python?: string;
}

/** What `npm run bench -- NAME --size name=value` may change. */
export const sizes = {
  streams: { kind: 'whole', help: 'mutated streams compared with CPython' },
  arrays: { kind: 'whole', help: 'pickles with arrays compared with joblib' },
  python: { kind: 'text', help: 'Python with numpy, scipy, scikit-learn, pandas, joblib, h5py and onnx' },
} as const satisfies BenchSizes & Partial<Record<keyof BenchOptions, object>>;

interface Measured {
  report: ScanReport;
  seconds: number;
  /** Processor time of all threads: what other programs on the machine do not change much. */
  processorSeconds: number;
  /** Largest resident set of the process, MiB. */
  peakMiB: number;
}

const BENIGN = fileURLToPath(new URL('../lib/scanner/fixtures/benign_models.py', import.meta.url));

/** Measures the scanner as people run it: the bundle, in a process of its own. */
export async function run(options: BenchOptions = {}): Promise<BenchRow[]> {
  const { quick = false, python = '/usr/bin/python3' } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'heptad-bench-'));
  try {
    const { outfile, bytes } = await buildScan(path.join(folder, 'heptad-scan.mjs'));
    return [
      { name: 'bundle', value: round(bytes / 2 ** 20), unit: 'MiB' },
      ...startUp(folder, outfile),
      ...smallPickles(folder, outfile),
      ...largePickle(folder, outfile, quick ? 0.1 : 1),
      ...sparseCheckpoint(folder, outfile),
      ...benignFiles(folder, outfile, python),
      ...(await differential(options.streams ?? (quick ? 100_000 : 1_000_000))),
      ...(await joblibArrays(python, options.arrays ?? (quick ? 10_000 : 100_000))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startUp(folder: string, bundle: string): BenchRow[] {
  const file = path.join(folder, 'staged.pkl');
  writeFileSync(file, Buffer.from('80024e2e', 'hex'));
  const times = Array.from({ length: 9 }, () => milliseconds(bundle, file)).toSorted((a, b) => a - b);
  return [row('one staged file, start to verdict (median of 9)', times[4]!, 'ms', 150)];
}

/** As a hook starts it: nothing else is loaded into the process. */
function milliseconds(bundle: string, file: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [bundle, path.basename(file)], { cwd: path.dirname(file) });
  if (status !== 0) throw new Error(`the staged file was not judged clean: exit ${status}`);
  return performance.now() - start;
}

function smallPickles(folder: string, bundle: string): BenchRow[] {
  const small = path.join(folder, 'small');
  mkdirSync(small);
  for (let n = 0; n < 1000; n += 1) {
    const text = `text ${n}`;
    const body = Buffer.concat([
      Buffer.from('8002635f5f6d61696e5f5f0a6e0a', 'hex').subarray(0, 2),
      Buffer.from('}X'),
      Buffer.from([text.length, 0, 0, 0]),
      Buffer.from(`${text}K\x01s.`, 'latin1'),
    ]);
    writeFileSync(path.join(small, `${n}.pkl`), body);
  }
  const runs = Array.from({ length: 5 }, () => measure(bundle, small).report.durationMs / 1000).toSorted(
    (a, b) => a - b,
  );
  return [row('1,000 small pickles in one process (median of 5)', runs[2]!, 's', 0.3)];
}

/** A list of short texts: two opcodes and seven bytes each, and every text takes a place in the memo. */
function largePickle(folder: string, bundle: string, scale: number): BenchRow[] {
  const file = path.join(folder, 'large.pkl');
  const batches = Math.round(28_450 * scale);
  const descriptor = openSync(file, 'w');
  const batch = Buffer.alloc(1 + 7 * 1000 + 1);
  batch[0] = 0x28;
  for (let n = 0; n < 1000; n += 1) batch.write(`\x8c\x04${n.toString(16).padStart(4, '0')}\x94`, 1 + 7 * n, 'latin1');
  batch[batch.length - 1] = 0x65;
  writeSync(descriptor, Buffer.from('80045d94', 'hex'));
  for (let n = 0; n < batches; n += 1) writeSync(descriptor, batch);
  writeSync(descriptor, Buffer.from('.'));
  closeSync(descriptor);
  const { seconds, processorSeconds, peakMiB, report } = measure(bundle, file);
  rmSync(file);
  const size = `${Math.round((batches * batch.length) / 1e6)} MB, ${((batches * 2002) / 1e6).toFixed(0)} M opcodes`;
  if (report.verdict !== 'pass') throw new Error(`the large pickle was not read: ${report.verdict}`);
  return [
    row(`pickle of ${size}`, seconds, 's', 4),
    { name: `pickle of ${size}, processor time`, value: round(processorSeconds), unit: 's' },
    row(`pickle of ${size}, memory`, peakMiB, 'MiB', 128),
  ];
}

function sparseCheckpoint(folder: string, bundle: string): BenchRow[] {
  const file = path.join(folder, 'sparse.pt');
  sparseZip64(file, 100 * 2 ** 30);
  const { seconds, peakMiB, report } = measure(bundle, file);
  const found = report.findings.some(({ ruleId }) => ruleId === 'PKL-002') ? 1 : 0;
  return [
    row('100 GiB sparse zip64 checkpoint', seconds, 's', 1),
    row('100 GiB sparse zip64 checkpoint, memory', peakMiB, 'MiB', 128),
    { name: 'payload behind the 100 GiB found', value: found, unit: 'of 1', goal: '1', met: found === 1 },
  ];
}

function benignFiles(folder: string, bundle: string, python: string): BenchRow[] {
  const benign = path.join(folder, 'benign');
  const made = spawnSync(python, ['-W', 'ignore', BENIGN, benign], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (made.status !== 0)
    return [
      { name: `benign files (needs numpy … onnx in ${python})`, value: 0, unit: 'files', goal: '> 0', met: false },
    ];
  const { report } = measure(bundle, benign);
  const blamed = report.findings.filter(({ severity }) => severity !== 'INFO' && severity !== 'LOW');
  for (const { ruleId, artifact, message } of blamed.slice(0, 10))
    console.error(`benign, but ${ruleId}: ${artifact.path}: ${message}`);
  return [
    {
      name: 'benign files of numpy, scipy, scikit-learn, pandas, joblib, h5py, onnx',
      value: readdirSync(benign).length,
      unit: 'files',
    },
    {
      name: 'of them blamed with MEDIUM or above',
      value: blamed.length,
      unit: 'findings',
      goal: '0',
      met: blamed.length === 0,
    },
  ];
}

async function differential(streams: number): Promise<BenchRow[]> {
  const batch = 50_000;
  let [events, misses, diverging] = [0, 0, 0];
  for (let done = 0; done < streams; done += batch) {
    const random = new Random(1_000_003 + done);
    const programs = Array.from({ length: Math.min(batch, streams - done) }, () => randomPickle(random));
    const answers = await askCPython(programs);
    for (const [index, answer] of answers.entries()) {
      if (answer.memory.events.join() !== answer.file.events.join()) diverging += 1;
      for (const reading of ['memory', 'file'] as const) {
        events += answer[reading].events.length;
        if (firstDifference(answer[reading], machineEvents(programs[index]!, reading)) === undefined) continue;
        misses += 1;
        console.error(`missed (${reading}): ${Buffer.from(programs[index]!).toString('hex')}`);
      }
    }
  }
  const version = execFileSync('python3', ['--version'], { encoding: 'utf8' }).trim();
  return [
    {
      name: `mutated streams compared with C${version}, two readings each`,
      value: streams,
      unit: 'streams',
      goal: '≥ 1,000,000',
      met: streams >= 1_000_000,
    },
    { name: 'names and calls CPython made', value: events, unit: 'events' },
    { name: 'streams whose two readings differ', value: diverging, unit: 'streams' },
    { name: 'streams with a name or call we miss', value: misses, unit: 'streams', goal: '0', met: misses === 0 },
  ];
}

async function joblibArrays(python: string, count: number): Promise<BenchRow[]> {
  const batch = 20_000;
  let [events, passed, misses] = [0, 0, 0];
  for (let done = 0; done < count; done += batch) {
    const random = new Random(7_000_003 + done);
    const streams = Array.from({ length: Math.min(batch, count - done) }, () => randomArrays(random));
    for (const [index, theirs] of (await askJoblib(python, streams)).entries()) {
      const ours = arrayRun(streams[index]!);
      events += theirs.events.length;
      passed += Number(ours.hasPassedOver);
      if (!isMissed(theirs, ours)) continue;
      misses += 1;
      console.error(`missed (joblib): ${streams[index]!.toString('hex')}`);
    }
  }
  return [
    { name: 'pickles with arrays compared with joblib', value: count, unit: 'streams' },
    { name: 'of them with an array passed over', value: passed, unit: 'streams' },
    { name: 'names joblib imported', value: events, unit: 'events' },
    { name: 'streams with a name we miss', value: misses, unit: 'streams', goal: '0', met: misses === 0 },
  ];
}

/** Runs the bundle on a path; the child tells its own peak memory and processor time. */
function measure(bundle: string, target: string): Measured {
  const probe =
    "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nPEAK '+u.maxRSS+' CPU '+(u.userCPUTime+u.systemCPUTime))})";
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(probe)}`,
    bundle,
    '--format',
    'json',
    path.basename(target),
  ];
  const start = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: path.dirname(target),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  const [, peak = 0, micros = 0] = (/PEAK (\d+) CPU (\d+)/.exec(stderr) ?? []).map(Number);
  return { report: JSON.parse(stdout) as ScanReport, seconds, processorSeconds: micros / 1e6, peakMiB: peak / 1024 };
}

const row = (name: string, value: number, unit: string, limit: number): BenchRow => ({
  name,
  value: round(value),
  unit,
  goal: `≤ ${limit}`,
  met: value <= limit,
});

const round = (value: number): number => Math.round(value * 1000) / 1000;

import { gzipSync } from 'node:zlib';
import { type Demonstration, startDemonstration } from './demonstration';
import type { BenchRow } from './row';

const PORT = 3394;
const SCRIPT_GOAL_KB = 250;
/** Who opens which page; the two that a board member opens first have a goal. */
const PAGES: readonly { role: string; address: string; isFirst?: boolean }[] = [
  { role: 'board', address: '/', isFirst: true },
  { role: 'board', address: '/heatmap', isFirst: true },
  { role: 'board', address: '/readiness' },
  { role: 'compliance', address: '/evidence' },
  { role: 'compliance', address: '/controls/GOV-01' },
  { role: 'compliance', address: '/reports' },
  { role: 'auditor', address: '/audit' },
];

/** Measures what a page weighs and how long the server takes over it: the demonstration, one client, no cache. */
export async function run({ quick = false }: { quick?: boolean } = {}): Promise<BenchRow[]> {
  const heptad = await startDemonstration(PORT);
  try {
    const rows: BenchRow[] = [
      {
        name: 'start in an empty place, with the build if it was stale',
        value: Math.round(heptad.readyMs),
        unit: 'ms',
      },
    ];
    for (const page of PAGES) rows.push(...(await measure(heptad, page, quick ? 5 : 30)));
    return rows;
  } finally {
    await heptad.stop();
  }
}

async function measure(
  heptad: Demonstration,
  { role, address, isFirst = false }: (typeof PAGES)[number],
  times: number,
): Promise<BenchRow[]> {
  const cookie = await heptad.signIn(role);
  const ask = async () => {
    const response = await fetch(heptad.origin + address, { headers: { cookie, 'accept-language': 'en' } });
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
    return response.text();
  };
  const html = await ask();
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    await ask();
    taken.push(performance.now() - started);
  }
  const kilobytes = round((await scriptBytes(heptad.origin, html)) / 1000);
  return [
    {
      name: `${address}: JavaScript of the first load, gzip`,
      value: kilobytes,
      unit: 'kB',
      ...(isFirst && { goal: `≤ ${SCRIPT_GOAL_KB}`, met: kilobytes <= SCRIPT_GOAL_KB }),
    },
    { name: `${address}: HTML, gzip`, value: round(gzipSync(html).length / 1000), unit: 'kB' },
    {
      name: `${address}: answered whole, p95 of ${times}`,
      value: round(taken.toSorted((a, b) => a - b)[Math.ceil(times * 0.95) - 1]!),
      unit: 'ms',
    },
  ];
}

/** Scripts that a current browser fetches for this page; `nomodule` is for browsers without modules. */
async function scriptBytes(origin: string, html: string): Promise<number> {
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\bnomodule\b/i.test(tag));
  const addresses = new Set(tags.flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []));
  if (addresses.size === 0) throw new Error('The page names no script; this measurement would be empty.');
  let bytes = 0;
  for (const address of addresses) {
    const response = await fetch(new URL(address, origin), { headers: { 'accept-encoding': 'identity' } });
    bytes += gzipSync(new Uint8Array(await response.arrayBuffer())).length;
  }
  return bytes;
}

const round = (value: number): number => Math.round(value * 10) / 10;

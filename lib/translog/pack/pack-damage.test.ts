import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '../testing/random';
import { sampleLog } from '../testing/sample-log';
import { packBytes, samplePack } from '../testing/sample-pack';
import type { Trust } from '../verify/trust';
import { bytesSource } from './byte-source';
import { memberNames, type Opening } from './manifest';
import { tarPack, verifyPack } from './verify-pack';

/**
 * Ten thousand damaged packs. What the verifier must say is worked out here from the layout of the undamaged pack and the
 * place of the damage alone, by the rules of format.md – not by running any part of the verifier.
 */
const START = 11;
const END = 43;
const SIZE = 60;
const HISTORY = [29];
const NO_TRUST: Trust = { keys: [], policy: null, known: null };

const log = sampleLog(SIZE);
const contents = samplePack(log, {
  start: START,
  end: END,
  size: SIZE,
  history: HISTORY,
  withPayloads: true,
  withFiles: true,
});
const openings: readonly Opening[] = contents.openings;
const names = memberNames({ ...contents, keys: [], history: HISTORY });

/** A stretch of the archive. `index` is its place among the members; content also knows its first byte. */
interface Region {
  readonly kind: 'header' | 'content' | 'padding';
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Where each member is hit first (byte of its content), and from which member on they cannot be found any more. */
interface Damage {
  readonly hits: ReadonlyMap<string, number>;
  readonly lostFrom: number;
}

let pack: Buffer;
let regions: Region[];
let entryEnds: number[];

beforeAll(async () => {
  pack = await packBytes(contents);
  regions = [];
  let at = 0;
  for (const index of names.keys()) {
    const size = Number.parseInt(pack.toString('latin1', at + 124, at + 135), 8);
    const ends = [at + 512, at + 512 + size, at + 512 + Math.ceil(size / 512) * 512];
    regions.push({ kind: 'header', index, from: at, to: ends[0]! });
    regions.push({ kind: 'content', index, from: ends[0]!, to: ends[1]! });
    regions.push({ kind: 'padding', index, from: ends[1]!, to: ends[2]! });
    at = ends[2]!;
  }
  regions.push({ kind: 'padding', index: names.length - 1, from: at, to: pack.length });
  entryEnds = [];
  for (const entry of log.entries.slice(START, END)) entryEnds.push((entryEnds.at(-1) ?? 0) + 2 + entry.length);
});

test('the archive is laid out as this test believes, and the undamaged pack verifies', () => {
  expect(regions.at(-1)!.to - regions.at(-1)!.from).toBe(1_024);
  expect(names).toContain(`payloads/${openings.at(-1)!.seq}-${openings.at(-1)!.item}`);
  expect(verifyPack(tarPack(bytesSource(pack)), NO_TRUST)).toMatchObject({ ok: true, firstBad: null, problems: [] });
});

function regionAt(offset: number): Region {
  return regions.find(({ from, to }) => offset >= from && offset < to) ?? regions.at(-1)!;
}

/** Damage at one offset: bytes changed where they are. */
function damageAt(offset: number): Damage {
  const { kind, index, from } = regionAt(offset);
  if (kind === 'content') return { hits: new Map([[names[index]!, offset - from]]), lostFrom: names.length };
  return { hits: new Map(), lostFrom: kind === 'header' ? index : index + 1 };
}

/** Damage that moves everything behind it: the member it is in goes wrong from there, all later ones are lost. */
function shiftAt(offset: number): Damage {
  const damage = damageAt(offset);
  return { hits: damage.hits, lostFrom: Math.min(damage.lostFrom, regionAt(offset).index + 1) };
}

function bothOf(a: Damage, b: Damage): Damage {
  const hits = new Map(a.hits);
  for (const [name, offset] of b.hits) hits.set(name, Math.min(offset, hits.get(name) ?? offset));
  return { hits, lostFrom: Math.min(a.lostFrom, b.lostFrom) };
}

/** The positions that format.md allows; null where it leaves it open: a changed manifest may say anything. */
function promisedPositions({ hits, lostFrom }: Damage): number[] | null {
  const isLost = (name: string) => names.indexOf(name) >= lostFrom;
  const isBad = (name: string) => hits.has(name) || isLost(name);
  if (isLost('manifest.json')) return [0];
  if (hits.has('manifest.json')) return null;
  if (names.slice(0, names.indexOf('hashes')).some((name) => name !== 'range-proof' && isBad(name))) return [START];
  const badHash = isLost('hashes') ? START : START + Math.floor((hits.get('hashes') ?? 0) / 32);
  const badEntry = isLost('entries') ? START : START + entryEnds.findIndex((end) => (hits.get('entries') ?? 0) < end);
  const provenByHistory = Math.max(START, ...HISTORY.filter((size) => !isBad('entries') || size <= badEntry));
  // A changed hash of what comes after the range leaves room for what earlier checkpoints prove.
  if (isBad('range-proof')) return [START, provenByHistory];
  if (isBad('entries') && isBad('hashes')) return [provenByHistory];
  if (isBad('entries')) return [badEntry];
  if (isBad('hashes')) return [badHash];
  const badOpenings = openings.filter((opening, i) => {
    const isSaltBad = isLost('salts') || Math.floor((hits.get('salts') ?? Infinity) / 32) === i;
    return isSaltBad || isBad(`payloads/${opening.seq}-${opening.item}`);
  });
  return [Math.min(END, ...badOpenings.map(({ seq }) => seq))];
}

/** Offset of the first byte that differs, or the shorter length. */
function firstChange(damaged: Buffer): number {
  const length = Math.min(pack.length, damaged.length);
  for (let at = 0; at < length; at++) if (pack[at] !== damaged[at]) return at;
  return length;
}

const random = new SeededRandom(20_260_731);

function flipBit(): { damaged: Buffer; damage: Damage } {
  const offset = random.between(0, pack.length - 1);
  const damaged = Buffer.from(pack);
  damaged[offset]! ^= 1 << random.between(0, 7);
  return { damaged, damage: damageAt(offset) };
}

/** Two stretches of equal length change places. */
function swap(): { damaged: Buffer; damage: Damage } {
  const length = random.pick([1, 2, 32, 64, 512, 700]);
  const a = random.between(0, pack.length - 2 * length);
  const b = random.between(a + length, pack.length - length);
  const damaged = Buffer.from(pack);
  pack.copy(damaged, a, b, b + length);
  pack.copy(damaged, b, a, a + length);
  let damage: Damage = { hits: new Map(), lostFrom: names.length };
  for (let at = 0; at < pack.length; at++) {
    if (pack[at] !== damaged[at]) damage = bothOf(damage, damageAt(at));
  }
  return { damaged, damage };
}

function cut(): { damaged: Buffer; damage: Damage } {
  const length = random.pick([1, 2, 3, 32, 100, 512, 1_024, 3_000]);
  const offset = random.between(0, pack.length - length);
  const damaged = Buffer.concat([pack.subarray(0, offset), pack.subarray(offset + length)]);
  return { damaged, damage: shiftAt(firstChange(damaged)) };
}

function insert(): { damaged: Buffer; damage: Damage } {
  const length = random.pick([1, 2, 32, 100, 512, 1_024]);
  const offset = random.between(0, pack.length);
  const from = random.between(0, pack.length - length);
  const what = random.next() < 0.5 ? random.bytes(length) : pack.subarray(from, from + length);
  const damaged = Buffer.concat([pack.subarray(0, offset), what, pack.subarray(offset)]);
  return { damaged, damage: shiftAt(firstChange(damaged)) };
}

describe('every damage is found, with the first bad position', () => {
  test.each([
    { name: 'bit flips', make: flipBit, count: 4_000 },
    { name: 'swaps', make: swap, count: 2_000 },
    { name: 'cuts', make: cut, count: 2_000 },
    { name: 'inserts', make: insert, count: 2_000 },
  ])('$count random $name', ({ make, count }) => {
    const wrong: string[] = [];
    let tried = 0;
    while (tried < count) {
      const { damaged, damage } = make();
      // Swapping or inserting equal bytes changes nothing.
      if (damaged.equals(pack)) continue;
      tried += 1;
      const { ok, firstBad } = verifyPack(tarPack(bytesSource(damaged)), NO_TRUST);
      const promised = promisedPositions(damage);
      if (ok || firstBad === null || promised?.includes(firstBad) === false) {
        wrong.push(
          `${JSON.stringify([...damage.hits])} lost from ${damage.lostFrom}: said ${firstBad}, not ${promised?.join()}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  test('no byte of the pack is without meaning (every 29th)', () => {
    const missed: number[] = [];
    for (let at = 0; at < pack.length; at += 29) {
      const damaged = Buffer.from(pack);
      damaged[at]! ^= 0x01;
      if (verifyPack(tarPack(bytesSource(damaged)), NO_TRUST).ok) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  test('wherever the pack is cut off, that is found, and what came before the cut still counts', () => {
    const wrong: string[] = [];
    for (let length = 0; length < pack.length; length += 17) {
      const { ok, firstBad } = verifyPack(tarPack(bytesSource(pack.subarray(0, length))), NO_TRUST);
      const promised = promisedPositions(shiftAt(length));
      if (ok || firstBad === null || promised?.includes(firstBad) === false) {
        wrong.push(`after ${length} bytes: said ${firstBad}, not ${promised?.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstDifference, machineEvents, type OracleRun } from '../fixtures/pickle-oracle';

/** Answers of CPython 3.11.7, recorded once: the same comparison as the differential test, without an interpreter. */
interface Recorded {
  hex: string;
  memory: OracleRun;
  /** Only where reading from a file gives another answer. */
  file?: OracleRun;
}

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/recorded-pickles.json', import.meta.url), 'utf8'),
) as Recorded[];

test.each(['memory', 'file'] as const)(
  'the machine agrees with the recorded answers of CPython when it reads from %s',
  (reading) => {
    const wrong = recorded.filter((one) => {
      const expected = reading === 'file' ? (one.file ?? one.memory) : one.memory;
      return firstDifference(expected, machineEvents(Buffer.from(one.hex, 'hex'), reading)) !== undefined;
    });
    expect(wrong.map(({ hex }) => hex)).toEqual([]);
    expect(recorded.length).toBeGreaterThan(1000);
  },
);

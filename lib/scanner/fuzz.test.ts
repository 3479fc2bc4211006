import { expect, test } from 'vitest';
import { FUZZ_SEEDS, fuzzParsers, type FuzzRow } from './fixtures/fuzz';
import { scanBytes } from './fixtures/scan';

const MS_PER_PARSER = 300;

test.each(Object.keys(FUZZ_SEEDS))('the seed %s reaches its parser', async (name) => {
  const { format, findings } = await scanBytes(name, FUZZ_SEEDS[name]!());
  expect({ isKnown: format !== 'unknown', unreadable: findings.filter(({ ruleId }) => ruleId === 'SYS-002') }).toEqual({
    isKnown: true,
    unreadable: [],
  });
});

test('no mutation makes a parser throw, hang or grow', async () => {
  const rows: FuzzRow[] = [];
  for await (const row of fuzzParsers(MS_PER_PARSER, 42)) rows.push(row);
  expect(rows.filter(({ met }) => !met)).toEqual([]);
  expect(rows).toHaveLength(Object.keys(FUZZ_SEEDS).length + 1);
});

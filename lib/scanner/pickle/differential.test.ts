import { expect, test } from 'vitest';
import { askCPython, firstMiss, machineEvents } from '../fixtures/pickle-oracle';
import { randomPickle } from '../fixtures/pickle-streams';
import { Random } from '../fixtures/random';

const STREAMS = 50_000;

test('the machine reports every name and call of CPython on 50,000 mutated streams, in order', async () => {
  const random = new Random(20_261_123);
  const streams = Array.from({ length: STREAMS }, () => randomPickle(random));
  const answers = await askCPython(streams);
  let events = 0;
  let diverging = 0;
  const misses: string[] = [];
  answers.forEach((answer, index) => {
    const stream = streams[index]!;
    for (const reading of ['memory', 'file'] as const) {
      const actual = machineEvents(stream, reading);
      events += answer[reading].length;
      const miss = firstMiss(answer[reading], actual);
      if (miss !== undefined) {
        const hex = Buffer.from(stream).toString('hex');
        misses.push(`${reading} ${index} ${hex}: CPython ${answer[reading].join(', ')}; machine ${actual.join(', ')}`);
      }
    }
    if (answer.memory.join() !== answer.file.join()) diverging += 1;
  });
  expect(misses.slice(0, 5)).toEqual([]);
  // The streams must be worth the comparison: many events, and cases where the two readings differ.
  expect(events).toBeGreaterThan(STREAMS);
  expect(diverging).toBeGreaterThan(100);
});

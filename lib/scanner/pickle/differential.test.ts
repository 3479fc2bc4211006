import { expect, test } from 'vitest';
import { askCPython, firstDifference, machineEvents } from '../fixtures/pickle-oracle';
import { randomPickle } from '../fixtures/pickle-streams';
import { Random } from '../fixtures/random';

const STREAMS = 50_000;

test('the machine reports every name and call of CPython on 50,000 mutated streams, in order', async () => {
  const random = new Random(20_261_123);
  const streams = Array.from({ length: STREAMS }, () => randomPickle(random));
  const answers = await askCPython(streams);
  let events = 0;
  let complete = 0;
  let diverging = 0;
  const misses: string[] = [];
  answers.forEach((answer, index) => {
    const stream = streams[index]!;
    for (const reading of ['memory', 'file'] as const) {
      const run = answer[reading];
      const actual = machineEvents(stream, reading);
      events += run.events.length;
      complete += Number(run.isComplete && run.events.length > 0);
      if (firstDifference(run, actual) === undefined) continue;
      const hex = Buffer.from(stream).toString('hex');
      misses.push(`${reading} ${index} ${hex}: CPython ${run.events.join(', ')}; machine ${actual.join(', ')}`);
    }
    if (answer.memory.events.join() !== answer.file.events.join()) diverging += 1;
  });
  expect(misses.slice(0, 5)).toEqual([]);
  // The streams must be worth the comparison: many events, and cases where the two readings differ.
  expect(events).toBeGreaterThan(STREAMS);
  expect(complete).toBeGreaterThan(2_000);
  expect(diverging).toBeGreaterThan(100);
});

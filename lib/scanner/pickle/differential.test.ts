import { expect, test } from 'vitest';
import { askCPython, firstDifference, machineEvents } from '../fixtures/pickle-oracle';
import { randomPickle } from '../fixtures/pickle-streams';
import { Random } from '../fixtures/random';

/** 50,000 streams in all; in parts, so that a slow machine does not run into the time limit of one test. */
const STREAMS = 10_000;
const SEEDS = [20_261_123, 2, 3, 4, 5];

test.each(SEEDS)(
  'the machine reports every name and call of CPython on 10,000 mutated streams, in order (seed %i)',
  async (seed) => {
    const random = new Random(seed);
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
    expect(complete).toBeGreaterThan(400);
    expect(diverging).toBeGreaterThan(100);
  },
);

import type { BenchRow } from './row';

/** What many calls took one by one, in microseconds, shortest first. */
export interface Times {
  readonly sorted: Float64Array;
}

/**
 * Times each call by itself after a warm-up of `warmUp` calls. Pauses of the garbage collector fall on the call
 * that meets them, so what the calls leave behind is paid for in the figures; the clock's own 0.1 µs are in too.
 */
export function timesOf(count: number, call: (index: number) => unknown, warmUp = count / 10): Times {
  for (let index = 0; index < warmUp; index++) call(index);
  const sorted = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    call(index);
    sorted[index] = (performance.now() - started) * 1_000;
  }
  sorted.sort();
  return { sorted };
}

export function at({ sorted }: Times, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** p50 and p99 in microseconds beside their goals, and the slowest of all without one. */
export function timeRows(
  name: string,
  times: Times,
  goals: { readonly p50?: number; readonly p99?: number },
): BenchRow[] {
  const row = (label: string, value: number, goal?: number): BenchRow => ({
    name: `${name}, ${label}`,
    value: round(value),
    unit: 'µs',
    ...(goal !== undefined && { goal: `≤ ${goal}`, met: value <= goal }),
  });
  return [row('p50', at(times, 0.5), goals.p50), row('p99', at(times, 0.99), goals.p99), row('slowest', at(times, 1))];
}

/** Bytes a call leaves on the heap: the median growth over short runs, so that a collection between counts as none. */
export function bytesPerCall(call: (index: number) => unknown, runs = 201, callsPerRun = 100): number {
  const growth = Array.from({ length: runs }, (_, run) => {
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < callsPerRun; index++) call(run * callsPerRun + index);
    return process.memoryUsage().heapUsed - before;
  });
  return Math.round(growth.toSorted((left, right) => left - right)[runs >> 1]! / callsPerRun);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

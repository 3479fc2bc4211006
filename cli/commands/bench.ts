import type { Command } from 'commander';
import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BenchRow, BenchSizes } from '@/bench/row';
import { projectRoot } from '@/db/project-root';
import { CommandFailure } from '../failure';
import { readSizes } from '../run/bench-sizes';
import { bundledModule } from '../run/bundled-module';

/** Take hours, and say nothing of speed: only by name. */
const LONG = new Set(['fuzz', 'mutation']);

export function register(program: Command): void {
  program
    .command('bench')
    .description('measure: each figure with the goal beside it')
    .argument('[names...]', `which benchmarks; all but ${[...LONG].join(' and ')} if left out`)
    .option('--json <file>', 'also write the figures as JSON')
    .option('--quick', 'smaller sizes, to see that a benchmark runs')
    .option('--size <name=value>', 'another size for the one benchmark named; may be repeated', append, [])
    .addHelpText('after', '\nExit code: 0 measured (goals met or not), 1 a benchmark failed.')
    .action(async (names: string[], options: { json?: string; quick?: boolean; size: string[] }) => {
      if (options.size.length > 0 && names.length !== 1)
        throw new CommandFailure('--size needs exactly one benchmark, since each has sizes of its own.');
      const known = readdirSync(path.join(projectRoot(), 'bench'))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => file.slice(0, -3));
      const unknown = names.find((name) => !known.includes(name));
      if (unknown) throw new CommandFailure(`There is no benchmark ${unknown}. There are: ${known.join(', ')}`);
      const results: Record<string, BenchRow[]> = {};
      for (const name of names.length > 0 ? names : known.filter((one) => !LONG.has(one))) {
        const loaded = (await import(await bundledModule(`bench/${name}.ts`))) as {
          run?: (options: object) => Promise<BenchRow[]> | AsyncIterable<BenchRow>;
          sizes?: BenchSizes;
        };
        if (!loaded.run) continue;
        const sizes = readSizes(name, options.size, loaded.sizes ?? {});
        console.log(`\n${name}`);
        const rows: BenchRow[] = (results[name] = []);
        // Long benchmarks give each figure as soon as they have it.
        for await (const row of await loaded.run({ quick: options.quick ?? false, ...sizes })) {
          rows.push(row);
          console.log(line(row));
        }
      }
      if (options.json)
        writeFileSync(
          options.json,
          JSON.stringify(
            {
              machine: `${os.cpus()[0]?.model} × ${os.cpus().length}, Node ${process.version}`,
              at: new Date().toISOString(),
              results,
            },
            null,
            2,
          ),
        );
    });
}

function append(pair: string, pairs: string[]): string[] {
  return [...pairs, pair];
}

function line({ name, value, unit, goal, met }: BenchRow): string {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
  const verdict = goal === undefined ? '' : `   goal ${goal}${met === undefined ? '' : met ? '  met' : '  MISSED'}`;
  return `  ${name.padEnd(64)} ${shown.padStart(12)} ${unit.padEnd(10)}${verdict}`;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '@/db/project-root';

type Entry = {
  version?: string;
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  integrity?: string;
  link?: boolean;
};

const lock = JSON.parse(readFileSync(path.join(projectRoot(), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};
const manifest = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const entries = Object.entries(lock.packages).filter(([name]) => name !== '');

/** Versions with known holes (docs/security.md): the lowest that is accepted. The registry here answers no audit. */
const LOWEST: Record<string, string> = {
  next: '16.4.1',
  'next-auth': '4.24.15',
  'drizzle-orm': '0.45.2',
  pg: '8.11.0',
  zod: '3.22.3',
  undici: '7.29.1',
  yauzl: '3.2.1',
};
const REFUSED = ['xlsx', 'exceljs', 'event-stream', 'node-ipc'];

describe('the lock file', () => {
  it('is whole for every platform: each optional part that is named is an entry', () => {
    const names = new Set(entries.map(([place]) => place.split('node_modules/').at(-1)));
    const holes = entries.flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !names.has(name))
        .map((name) => `${place} → ${name}`),
    );
    expect(entries.length).toBeGreaterThan(300);
    expect(holes).toEqual([]);
  });

  it('holds no package that is refused and none below its fixed version', () => {
    const bad = entries.flatMap(([place, { version = '0' }]) => {
      const name = place.split('node_modules/').at(-1)!;
      if (REFUSED.includes(name)) return [`${name} is refused`];
      const lowest = LOWEST[name];
      return lowest && compare(version, lowest) < 0 ? [`${name} ${version} is below ${lowest}`] : [];
    });
    expect(bad).toEqual([]);
  });

  it('pins every direct dependency exactly, with a checksum', () => {
    const direct = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    expect(entries.filter(([, entry]) => !entry.link && !entry.integrity).map(([place]) => place)).toEqual([]);
  });
});

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('-')[0]!.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '@/db/project-root';

const ROOT = projectRoot();

/** Who may import whom (docs/adr, architecture): the key room may import only the rooms beside it – and itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'lib/domain': [],
  'lib/translog': [],
  'lib/scanner': [],
  'lib/gateway': ['lib/domain', 'lib/kernel', 'lib/features'],
  'lib/adapters': ['lib/domain', 'lib/adapters', 'db'],
  db: ['lib/domain'],
  'lib/kernel': ['db', 'lib/domain', 'messages'],
  'lib/auth': ['lib/kernel', 'db', 'lib/domain'],
  'lib/web': ['lib/auth', 'lib/kernel', 'db', 'lib/domain', 'messages'],
  'lib/features': [
    'lib/web',
    'lib/auth',
    'lib/kernel',
    'db',
    'lib/domain',
    'lib/adapters',
    'lib/translog',
    'lib/scanner',
    'messages',
  ],
  components: ['lib/domain', 'lib/features', 'lib/kernel', 'db', 'messages'],
  app: ['components', 'lib/features', 'lib/web', 'lib/auth', 'lib/kernel', 'db', 'lib/domain', 'messages'],
  messages: ['db'],
};
const ROOMS = Object.keys(MAY_IMPORT).toSorted((a, b) => b.length - a.length);

/** Only types may come from these: components take plain data, and the kernel names sentences without their words. */
const TYPES_ONLY: Record<string, readonly string[]> = { components: ['lib/kernel', 'db'], 'lib/kernel': ['messages'] };

const FEATURE_FILES = /^(schema|queries|commands|jobs|intake)\.ts$|\.test\.ts$/;
const REFUSED_NAMES = /(^|\/)(utils?|helpers?|common|misc|manager)(\.tsx?|\/)/;
const MOST_LINES = 300;

const sources = walk(ROOT).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
const product = sources.filter((file) => !/\.test\.tsx?$/.test(file) && roomOf(file) !== undefined);

describe('the house', () => {
  it('was really looked at', () => {
    expect(product.length).toBeGreaterThan(300);
    const crossing = product.flatMap((file) => importsOf(file).filter(({ from }) => roomOf(from) !== roomOf(file)));
    expect(crossing.length).toBeGreaterThan(500);
    for (const room of ['lib/domain', 'lib/features', 'components', 'app', 'lib/kernel'])
      expect(
        product.some((file) => roomOf(file) === room),
        room,
      ).toBe(true);
  });

  it('imports run one way', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file).flatMap(({ from, isType }) => {
        const [room, target] = [roomOf(file)!, roomOf(from)];
        if (target === undefined || target === room) return [];
        if (!MAY_IMPORT[room]!.includes(target)) return [`${file} → ${from}`];
        return !isType && TYPES_ONLY[room]?.includes(target) ? [`${file} → ${from} (types only)`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has no circle of imports, not even of types', () => {
    // The pickle machine and its table of handlers are one thing, in five files for its size.
    expect(circles(product).filter((file) => !file.startsWith('lib/scanner/pickle/'))).toEqual([]);
  });

  it('keeps the pure rooms pure', () => {
    const impure = product
      .filter((file) => ['lib/domain', 'lib/translog'].includes(roomOf(file)!))
      .flatMap((file) => {
        const text = withoutComments(read(file));
        const found = [...text.matchAll(/from '(node:[^']+)'|\b(Date\.now|new Date\(\)|Math\.random)\b/g)].map(
          ([all]) => all,
        );
        return found
          .filter((one) => !(roomOf(file) === 'lib/translog' && one.includes('node:crypto')))
          .map((one) => `${file}: ${one}`);
      });
    expect(impure).toEqual([]);
  });

  it('gives a feature its closed list of files, and never another feature’s commands', () => {
    const features = readdirSync(path.join(ROOT, 'lib/features'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const strange = features.flatMap(({ name }) =>
      readdirSync(path.join(ROOT, 'lib/features', name))
        .filter((file) => !FEATURE_FILES.test(file))
        .map((file) => `${name}/${file}`),
    );
    expect(strange).toEqual([]);
    const crossing = product
      .filter((file) => file.startsWith('lib/features/') && !file.endsWith('registry.ts'))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            ({ from }) => /^lib\/features\/[^/]+\/commands$/.test(from) && path.dirname(file) !== path.dirname(from),
          )
          .map(({ from }) => `${file} → ${from}`),
      );
    expect(crossing).toEqual([]);
  });

  it('lists every operation and job in the registry', () => {
    const registry = read('lib/features/registry.ts');
    const modules = product.filter(
      (file) =>
        /^lib\/features\/[^/]+\/(queries|commands)\.ts$/.test(file) && /\bdefine(Query|Command)\(/.test(read(file)),
    );
    const missing = modules.filter(
      (file) => !registry.includes(`'./${file.slice('lib/features/'.length, -'.ts'.length)}'`),
    );
    expect(missing).toEqual([]);
  });

  it('lets every API route go through lib/web', () => {
    const routes = product.filter((file) => file.startsWith('app/api/v1/') && file.endsWith('route.ts'));
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter((file) => !/from '@\/lib\/web\//.test(read(file)))).toEqual([]);
  });

  it('writes no SQL and no server action in routes and components', () => {
    const wrong = product.filter(
      (file) => /^(app|components)\//.test(file) && /['"]use server['"]|drizzle-orm|from 'pg'/.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps files small and honestly named', () => {
    const large = product
      .filter((file) => !file.startsWith('db/seed/') && lines(file) > MOST_LINES)
      .map((file) => `${file}: ${lines(file)}`);
    expect(large).toEqual([]);
    expect(product.filter((file) => REFUSED_NAMES.test(file))).toEqual([]);
    expect(product.filter((file) => path.basename(file) === 'index.ts' && file !== 'db/seed/index.ts')).toEqual([]);
  });
});

function roomOf(file: string): string | undefined {
  if (file.startsWith('db/seed/')) return undefined;
  return ROOMS.find((room) => file.startsWith(`${room}/`));
}

function importsOf(file: string): { from: string; isType: boolean }[] {
  return [...read(file).matchAll(/^(?:import|export)\s+(type\s+)?([^'"]*?)\s*from\s+'([^']+)'/gm)].flatMap(
    ([, type, names = '', from]) => {
      const target = from!.startsWith('@/')
        ? from!.slice(2)
        : from!.startsWith('.')
          ? path.posix.normalize(path.posix.join(path.posix.dirname(file), from!))
          : undefined;
      if (!target) return [];
      const named =
        /\{([^}]*)\}/
          .exec(names)?.[1]
          ?.split(',')
          .map((one) => one.trim())
          .filter(Boolean) ?? [];
      const isType =
        type !== undefined || (named.length > 0 && !/^\w/.test(names) && named.every((one) => one.startsWith('type ')));
      return [{ from: target, isType }];
    },
  );
}

/** The files that stand in a circle of imports, or between two: whatever is left when loose ends are taken off. */
function circles(files: readonly string[]): string[] {
  const known = new Set(files);
  const file = (from: string) => [`${from}.ts`, `${from}.tsx`].find((name) => known.has(name));
  const arrows = files.flatMap((from) => importsOf(from).map((one) => ({ from, to: file(one.from) })));
  for (let left = known.size + 1; left > known.size;) {
    left = known.size;
    const inside = arrows.filter(({ from, to }) => known.has(from) && to !== undefined && known.has(to));
    const [starts, ends] = [new Set(inside.map(({ from }) => from)), new Set(inside.map(({ to }) => to))];
    for (const one of known) if (!starts.has(one) || !ends.has(one)) known.delete(one);
  }
  return [...known].toSorted();
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');
}

function lines(file: string): number {
  return withoutComments(read(file))
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function walk(root: string): string[] {
  return ['app', 'components', 'db', 'lib', 'cli', 'messages'].flatMap((room) =>
    existsSync(path.join(root, room))
      ? (readdirSync(path.join(root, room), { recursive: true }) as string[]).map(
          (name) => `${room}/${name.split(path.sep).join('/')}`,
        )
      : [],
  );
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint } from './fingerprint.mjs';

const KEEP_BUNDLES_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes the command line from its TypeScript sources unless it is made already, and answers the file to load.
 * Every content gets a folder of its own: a process that runs an older bundle can still load its parts.
 *
 * @param {string} root
 */
export async function bundledCommandLine(root) {
  const names = readdirSync(path.join(root, 'cli', 'commands'))
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted();
  const loaders = names.map((name) => `${JSON.stringify(name)}: () => import('./cli/commands/${name}.ts')`);
  const source = `import { run } from './cli/heptad.ts';\nawait run({ ${loaders.join(', ')} });\n`;
  return bundled(root, 'heptad', source);
}

/** The same for one module, such as a benchmark. */
export async function bundledModule(root, file) {
  const name = file.replaceAll('/', '-').replace(/\.ts$/, '');
  return bundled(root, name, `export * from './${file}';\n`);
}

async function bundled(root, name, source) {
  const folder = path.join(root, 'dist', 'cli');
  const index = path.join(folder, `${name}.json`);
  const known = readIndex(index);
  if (known !== undefined && isFresh(root, known, source)) return urlOf(folder, known.folder, name);
  const esbuild = await import('esbuild').catch(() => undefined);
  if (esbuild === undefined) {
    // An image made for production has no build tools and no changed sources either.
    if (known !== undefined) return urlOf(folder, known.folder, name);
    throw new Error('The build tools are not installed. Run npm ci.');
  }
  mkdirSync(folder, { recursive: true });
  try {
    return urlOf(folder, await build(esbuild, { root, folder, index, name, source }), name);
  } finally {
    // Its helper process would stay as long as ours.
    await esbuild.stop();
  }
}

async function build(esbuild, { root, folder, index, name, source }) {
  const staging = path.join(folder, `.staging-${process.pid}-${name}`);
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, sourcefile: `${name}.entry.ts`, loader: 'ts' },
    entryNames: name,
    outdir: staging,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
    alias: { 'server-only': './test/empty.ts' },
    plugins: [keepOwnAddress(root)],
  });
  const inputs = Object.keys(metafile.inputs).filter((input) => !input.includes('.entry.ts'));
  const digest = digestOf(root, inputs, source);
  const target = `${name}-${digest.slice(0, 16)}`;
  rmSync(path.join(folder, target), { recursive: true, force: true });
  renameSync(staging, path.join(folder, target));
  writeFileSync(`${index}.${process.pid}`, JSON.stringify({ folder: target, digest, inputs }));
  renameSync(`${index}.${process.pid}`, index);
  removeOld(folder, target);
  return target;
}

/** Bundled code asks `import.meta.url` for neighbours of its source file; so it must answer the source's address. */
function keepOwnAddress(root) {
  const replacement = (file) => {
    const up = path.relative(root, file).split(path.sep).join('/');
    return `new URL(${JSON.stringify(`../../../${up}`)}, import.meta.url)`;
  };
  return {
    name: 'keep-own-address',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const source = readFileSync(file, 'utf8');
        if (!source.includes('import.meta.url') || file.includes('node_modules')) return undefined;
        const contents = source.replaceAll(/\bimport\.meta\.url\b/g, `${replacement(file)}.href`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

function isFresh(root, known, source) {
  return known.digest === digestOf(root, known.inputs, source);
}

function digestOf(root, inputs, source) {
  const settings = ['package-lock.json', 'tsconfig.json', 'cli/boot/bundle.mjs'];
  return createHash('sha256')
    .update(source)
    .update(fingerprint(root, [...settings, ...inputs]))
    .digest('hex');
}

function readIndex(file) {
  try {
    const known = JSON.parse(readFileSync(file, 'utf8'));
    return existsSync(path.join(path.dirname(file), known.folder)) ? known : undefined;
  } catch {
    return undefined;
  }
}

function removeOld(folder, current) {
  for (const name of readdirSync(folder)) {
    const entry = path.join(folder, name);
    if (name === current || name.endsWith('.json')) continue;
    const facts = statSync(entry, { throwIfNoEntry: false });
    if (facts !== undefined && Date.now() - facts.mtimeMs > KEEP_BUNDLES_MS)
      rmSync(entry, { recursive: true, force: true });
  }
}

function urlOf(folder, target, name) {
  return pathToFileURL(path.join(folder, target, `${name}.mjs`)).href;
}

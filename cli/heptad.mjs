#!/usr/bin/env node
// The door to Heptad's command line. It needs nothing installed: it installs the locked dependencies, makes the
// commands from their TypeScript sources when those changed, and hands over to them.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Heptad needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.env.HEPTAD_ROOT = root;

const { installMissing } = await import('./boot/install.mjs');
installMissing(root);
const { bundledCommandLine } = await import('./boot/bundle.mjs');
await import(await bundledCommandLine(root));

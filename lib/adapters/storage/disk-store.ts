import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkKey, FileNotFoundError, type FileStore, type StoredFile } from './file-store';

/** Puts in progress live here, on the same volume, so that the last step is one rename. Not a legal key part. */
const INCOMING = '.incoming';

/** A file store in a folder of this machine. */
export function diskStore(root: string): FileStore {
  const fileOf = (key: string) => path.join(root, ...checkKey(key).split('/'));
  const incoming = path.join(root, INCOMING);

  return {
    async put(key, body) {
      const target = fileOf(key);
      const draft = path.join(incoming, randomUUID());
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      try {
        // The draft is there before anything can fail: a stream that opens its file itself may do so after the clean-up.
        const handle = await open(draft, 'wx', 0o600);
        await pipeline(body, handle.createWriteStream({ flush: true }));
        const { size } = await stat(draft);
        await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        await rename(draft, target);
        await syncFolders(path.dirname(target), root);
        return size;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },

    async get(key) {
      const handle = await open(fileOf(key), 'r').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new FileNotFoundError(key) : error;
      });
      return handle.createReadStream({ highWaterMark: 256 * 1024 });
    },

    async delete(key) {
      await rm(fileOf(key), { force: true });
    },

    async *list(prefix = '') {
      for await (const file of walk(root, '')) if (file.key.startsWith(prefix)) yield file;
    },

    async removeAbandoned(before) {
      let removed = 0;
      for (const name of await readdir(incoming).catch(() => [])) {
        const draft = path.join(incoming, name);
        const facts = await stat(draft).catch(() => undefined);
        if (facts === undefined || facts.mtime >= before) continue;
        await rm(draft, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function* walk(folder: string, prefix: string): AsyncGenerator<StoredFile> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== INCOMING) yield* walk(file, `${prefix}${entry.name}/`);
    if (!entry.isFile()) continue;
    const facts = await stat(file).catch(() => undefined);
    if (facts !== undefined) yield { key: prefix + entry.name, size: facts.size, modifiedAt: facts.mtime };
  }
}

/** A new name survives a power cut only when its folder was synced, and a new folder only when its parent was. */
async function syncFolders(from: string, upTo: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (let folder = from; ; folder = path.dirname(folder)) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === upTo || folder === path.dirname(folder)) return;
  }
}

import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ByteSource } from '@/lib/translog/pack/byte-source';
import type { PackSource } from '@/lib/translog/pack/open-pack';
import type { TileSource } from '@/lib/translog/verify/tile-source';

/** Bytes of an open file. */
export interface OpenFile extends ByteSource {
  close(): void;
}

/** Opens a file for reading from any place. Throws what the file system says. */
export function openFile(name: string): OpenFile {
  const descriptor = openSync(name, 'r');
  const { size } = fstatSync(descriptor);
  return {
    size,
    readInto: (target, offset) => fill(descriptor, target, offset),
    close: () => closeSync(descriptor),
  };
}

/** A pack that has been unpacked into a folder. Files that the manifest does not list are no part of it. */
export function folderPack(folder: string): PackSource & { close(): void } {
  const open = new Map<string, OpenFile>();
  return {
    open: (name) => {
      const file = path.join(folder, name);
      if (!isFile(file)) return null;
      const opened = open.get(name) ?? openFile(file);
      open.set(name, opened);
      return opened;
    },
    faultOf: () => null,
    close: () => open.forEach((file) => file.close()),
  };
}

/** A log that lies in a folder as C2SP tlog-tiles. */
export function folderTiles(folder: string): TileSource {
  return {
    parallel: 1,
    read: (name, maxBytes) => {
      const file = path.join(folder, name);
      const isReadable = isFile(file) && statSync(file).size <= maxBytes;
      return Promise.resolve(isReadable ? readFileSync(file) : null);
    },
  };
}

export function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
}

function fill(descriptor: number, target: Uint8Array, offset: number): void {
  let done = 0;
  while (done < target.length) {
    const read = readSync(descriptor, target, done, target.length - done, offset + done);
    if (read === 0) throw new Error('The file became shorter while it was read');
    done += read;
  }
}

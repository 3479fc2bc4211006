import { setTimeout as wait } from 'node:timers/promises';
import type { TileSource } from '@/lib/translog/verify/tile-source';

const TIMEOUT_MS = 30_000;
const RETRY_AFTER_MS = [250, 1_000];

/**
 * A log served as C2SP tlog-tiles.
 *
 * @param prefix address of the log: `checkpoint` and `tile/…` lie below it.
 * @param token sent as bearer token, to this address only: redirects are not followed.
 * @throws Error when the address has a query or fragment: nothing can lie below one.
 */
export function httpTiles(prefix: string, token: string | undefined): TileSource {
  if (/[?#]/.test(prefix)) throw new Error('The address of a log has no query (?) and no fragment (#)');
  const base = prefix.replace(/\/*$/, '/');
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  return {
    parallel: 8,
    read: (path, maxBytes) => readWithRetries(new URL(path, base), headers, maxBytes),
  };
}

async function readWithRetries(
  url: URL,
  headers: Record<string, string> | undefined,
  maxBytes: number,
): Promise<Uint8Array | null> {
  for (const delay of RETRY_AFTER_MS) {
    try {
      return await readOnce(url, headers, maxBytes);
    } catch (error) {
      if (!(error instanceof TryAgainError)) throw error;
      await wait(delay);
    }
  }
  return readOnce(url, headers, maxBytes);
}

/** The server or the way to it failed; the resource may be fine. */
class TryAgainError extends Error {}

async function readOnce(
  url: URL,
  headers: Record<string, string> | undefined,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, { headers, signal, redirect: 'error' });
    if (response.status >= 500 || response.status === 429) throw new TryAgainError(`${url} answers ${response.status}`);
    if (response.status === 404 || response.status === 410) return null;
    if (response.status === 401 || response.status === 403) {
      throw new Error(`${url} answers ${response.status}: set HEPTAD_TOKEN to a token that may read the log`);
    }
    if (response.status !== 200 || response.body === null) throw new Error(`${url} answers ${response.status}`);
    return await readBody(response.body, maxBytes);
  } catch (error) {
    // fetch reports every failure of the network as a TypeError with the reason inside.
    if (error instanceof TypeError) throw new TryAgainError(`${url}: ${reasonOf(error)}`);
    throw error;
  }
}

/** The whole body, or null when it is larger than any good one. */
async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > maxBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function reasonOf(error: TypeError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

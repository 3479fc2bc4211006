import { createHash, type Hash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { z } from 'zod';
import type { Actor } from '@/lib/kernel/actor';
import { authorise } from '@/lib/kernel/authorise';
import { AppError, invalid, message } from '@/lib/kernel/errors';
import { execute } from '@/lib/kernel/execute';
import type { Command } from '@/lib/kernel/operation';
import { apiHeaders } from './headers';
import { broken, readMultipart } from './multipart';
import { guarded, type RouteHandler } from './route';

/** What the feature does with the bytes: stores them and says what they are, or takes them back. */
export type Intake<F> = {
  receive: (source: AsyncIterable<Uint8Array>, fileName: string, actor: Actor) => Promise<F>;
  discard: (file: F) => Promise<void>;
  sha256Of: (file: F) => string;
};

/** Uploads one person may have under way at once in this process. */
const AT_ONCE = 3;
const underWay = new Map<string, number>();

/**
 * The HTTP door of a command that takes a file: multipart with a `file` part, or the bare bytes with the other fields
 * in the query and the name in `fileName`. The right is checked before the first byte is read; the length, a
 * `Content-Digest` (RFC 9530, sha-256 of the content or of the file) and a `sha256` field are compared after the last.
 */
export function uploadRoute<I extends z.ZodType, O, F>(command: Command<I, O>, intake: Intake<F>): RouteHandler {
  return guarded(async (request, params, { actor }) => {
    authorise(actor, command.permission, new Date());
    return oneOfFew(actor!, async () => {
      const { fields, file, contentSha256 } = await receive(request, actor!, intake);
      let isKept = false;
      try {
        requireDigest(request, fields, [contentSha256, intake.sha256Of(file)]);
        const { sha256: _compared, fileName: _name, ...rest } = fields;
        isKept = true;
        const result = await execute(command, actor, { ...params, ...rest, file } as z.input<I>, {
          idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
          // The first try's file is the one on record.
          onRepeated: () => (isKept = false),
        });
        return new Response(JSON.stringify(result), {
          status: command.http?.status ?? 201,
          headers: apiHeaders({ 'content-type': 'application/json' }),
        });
      } catch (error) {
        isKept &&= isOutcomeUnknown(error);
        throw error;
      } finally {
        if (!isKept) await intake.discard(file);
      }
    });
  });
}

/** A connection that broke at the commit leaves open whether the record stands; the nightly sweep knows and decides. */
function isOutcomeUnknown(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === 'UNAVAILABLE';
}

type Take<F> = (source: AsyncIterable<Uint8Array>, name: string) => Promise<F>;

/** Reads the whole upload. When anything is wrong with it, also after the file itself was stored, the file is gone again. */
async function receive<F>(request: Request, actor: Actor, intake: Intake<F>) {
  if (!request.body) throw invalid('file', 'upload.choose');
  const measure = { length: 0, hash: createHash('sha256') };
  const body = Readable.from(measured(request.body as NodeReadableStream<Uint8Array>, measure), { objectMode: false });
  let taken: Promise<F> | undefined;
  const take: Take<F> = (source, name) => (taken = intake.receive(source, name, actor));
  try {
    const type = request.headers.get('content-type') ?? '';
    const { fields, file } = /^multipart\/form-data\b/i.test(type)
      ? await readMultipart(body, type, take)
      : await readBare(request, body, take);
    requireLength(request, measure.length);
    return { fields, file, contentSha256: measure.hash.digest('hex') };
  } catch (error) {
    await taken?.then(intake.discard, () => undefined);
    throw error;
  }
}

async function* measured(body: NodeReadableStream<Uint8Array>, measure: { length: number; hash: Hash }) {
  for await (const chunk of body) {
    measure.hash.update(chunk);
    measure.length += chunk.byteLength;
    yield chunk;
  }
}

function requireLength(request: Request, arrived: number): void {
  const announced = request.headers.get('content-length');
  if (announced === null || Number(announced) === arrived) return;
  const incomplete = message('upload.incomplete', { announced, arrived });
  throw new AppError('INVALID', incomplete, {
    status: 400,
    issues: [{ path: 'Content-Length', message: incomplete }],
  });
}

async function readBare<F>(request: Request, body: Readable, take: Take<F>) {
  const search = new URL(request.url).searchParams;
  const fields = Object.create(null) as Record<string, unknown>;
  for (const key of new Set(search.keys())) fields[key] = key === 'assessments' ? search.getAll(key) : search.get(key)!;
  const name = search.get('fileName');
  if (!name) throw invalid('fileName', 'upload.fileName');
  return { fields, file: await takeAll(body, (source) => take(source, name)) };
}

/** A refused file must not end the connection while the client still sends: the rest is read and dropped. */
async function takeAll<F>(body: Readable, take: (source: AsyncIterable<Uint8Array>) => Promise<F>): Promise<F> {
  const part = new PassThrough();
  part.on('error', () => {});
  body.on('error', () => part.destroy(broken()));
  body.pipe(part);
  try {
    return await take(part);
  } catch (error) {
    body.unpipe();
    body.resume();
    throw error;
  }
}

function requireDigest(request: Request, fields: Record<string, unknown>, acceptable: readonly string[]): void {
  const header = request.headers.get('content-digest');
  if (header !== null) {
    const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(header)?.[1];
    if (!base64) throw invalid('Content-Digest', 'upload.digestForm');
    requireMatch('Content-Digest', Buffer.from(base64, 'base64').toString('hex'), acceptable);
  }
  if (fields.sha256 !== undefined)
    requireMatch('sha256', typeof fields.sha256 === 'string' ? fields.sha256.toLowerCase() : '', acceptable);
}

function requireMatch(path: string, wanted: string, acceptable: readonly string[]): void {
  if (!acceptable.includes(wanted)) throw invalid(path, 'upload.digest');
}

async function oneOfFew<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  const key = `${actor.organisation.id}/${actor.id}`;
  const now = underWay.get(key) ?? 0;
  if (now >= AT_ONCE)
    throw new AppError('LIMITED', 'upload.atOnce', {
      retryAfterSeconds: 2,
    });
  underWay.set(key, now + 1);
  try {
    return await work();
  } finally {
    const left = (underWay.get(key) ?? 1) - 1;
    if (left > 0) underWay.set(key, left);
    else underWay.delete(key);
  }
}

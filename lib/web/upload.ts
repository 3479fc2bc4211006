import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { z } from 'zod';
import type { Actor } from '@/lib/kernel/actor';
import { authorise } from '@/lib/kernel/authorise';
import { AppError, invalid } from '@/lib/kernel/errors';
import { execute } from '@/lib/kernel/execute';
import type { Command } from '@/lib/kernel/operation';
import { apiHeaders } from './headers';
import { readMultipart } from './multipart';
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
      try {
        requireDigest(request, fields, [contentSha256, intake.sha256Of(file)]);
        const { sha256: _compared, fileName: _name, ...rest } = fields;
        const result = await execute(command, actor, { ...params, ...rest, file } as z.input<I>, {
          idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
        });
        return new Response(JSON.stringify(result), {
          status: command.http?.status ?? 201,
          headers: apiHeaders({ 'content-type': 'application/json' }),
        });
      } catch (error) {
        await intake.discard(file);
        throw error;
      }
    });
  });
}

async function receive<F>(request: Request, actor: Actor, intake: Intake<F>) {
  if (!request.body) throw invalid('file', 'Send a file.');
  const hash = createHash('sha256');
  let length = 0;
  async function* counted(body: AsyncIterable<Uint8Array>) {
    for await (const chunk of body) {
      hash.update(chunk);
      length += chunk.byteLength;
      yield chunk;
    }
  }
  const body = Readable.from(counted(Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)), {
    objectMode: false,
  });
  const take = (source: AsyncIterable<Uint8Array>, name: string) => intake.receive(source, name, actor);
  const type = request.headers.get('content-type') ?? '';
  const { fields, file } = /^multipart\/form-data\b/i.test(type)
    ? await readMultipart(body, type, take)
    : await readBare(request, body, take);
  const announced = request.headers.get('content-length');
  if (announced !== null && Number(announced) !== length) {
    await intake.discard(file);
    throw new AppError('INVALID', 'The upload arrived incomplete. Nothing was kept; send it again.', {
      status: 400,
      issues: [{ path: 'Content-Length', message: `${announced} bytes were announced, ${length} arrived.` }],
    });
  }
  return { fields, file, contentSha256: hash.digest('hex') };
}

async function readBare<F>(
  request: Request,
  body: Readable,
  take: (source: AsyncIterable<Uint8Array>, name: string) => Promise<F>,
) {
  const search = new URL(request.url).searchParams;
  const fields: Record<string, unknown> = {};
  for (const key of new Set(search.keys())) fields[key] = key === 'assessments' ? search.getAll(key) : search.get(key)!;
  const name = search.get('fileName');
  if (!name) throw invalid('fileName', 'Name the file in the query (fileName=…), or send multipart/form-data.');
  return { fields, file: await take(body, name) };
}

function requireDigest(request: Request, fields: Record<string, unknown>, acceptable: readonly string[]): void {
  const header = request.headers.get('content-digest');
  if (header !== null) {
    const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(header)?.[1];
    if (!base64) throw invalid('Content-Digest', 'Send sha-256, for example sha-256=:…:');
    requireMatch('Content-Digest', Buffer.from(base64, 'base64').toString('hex'), acceptable);
  }
  if (fields.sha256 !== undefined)
    requireMatch('sha256', typeof fields.sha256 === 'string' ? fields.sha256.toLowerCase() : '', acceptable);
}

function requireMatch(path: string, wanted: string, acceptable: readonly string[]): void {
  if (!acceptable.includes(wanted))
    throw invalid(
      path,
      'The bytes that arrived are not the ones you announced. Nothing was kept; send the file again.',
    );
}

async function oneOfFew<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  const key = `${actor.organisation.id}/${actor.id}`;
  const now = underWay.get(key) ?? 0;
  if (now >= AT_ONCE)
    throw new AppError('LIMITED', 'Three files are on their way already. The next one has to wait.', {
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

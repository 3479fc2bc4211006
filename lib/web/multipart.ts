import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Readable } from 'node:stream';
import { AppError, invalid } from '@/lib/kernel/errors';

const LIMITS = { files: 1, fields: 700, fieldSize: 20_000, parts: 720, headerPairs: 20 };

/** Fields that may come more than once and are always a list. */
const LISTS = new Set(['assessments']);

/**
 * Reads multipart/form-data with exactly one part `file`, which is handed to `take` while it arrives. Field order does
 * not matter. Rejects with the first problem, after the source is drained.
 */
export function readMultipart<F>(
  body: Readable,
  contentType: string,
  take: (source: AsyncIterable<Uint8Array>, name: string) => Promise<F>,
): Promise<{ fields: Record<string, unknown>; file: F }> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    let taking: Promise<F> | undefined;
    const fail = (error: unknown) => {
      body.unpipe();
      body.resume();
      // A file that was already stored must be known to the caller's clean-up: `take` removes what it wrote on failure.
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const parser = startParser(contentType, fail);
    if (!parser) return;
    parser.on('field', (name, value) => addField(fields, name, value));
    parser.on('file', (name, stream, fileName) => {
      if (name !== 'file' || taking) {
        stream.resume();
        return fail(invalid(name, 'Send one file, in the field "file".'));
      }
      taking = take(stream, fileName ?? '');
      taking.catch((error: unknown) => {
        stream.resume();
        fail(error);
      });
    });
    parser.on('filesLimit', () => fail(invalid('file', 'Send one file at a time.')));
    parser.on('fieldsLimit', () => fail(invalid('', 'There are too many fields.')));
    parser.on('error', () => fail(broken()));
    parser.on('finish', () => {
      if (!taking) return reject(invalid('file', 'Choose a file.'));
      taking.then((file) => resolve({ fields: { ...fields }, file }), fail);
    });
    body.on('error', () => fail(broken()));
    body.pipe(parser);
  });
}

function startParser(contentType: string, fail: (error: unknown) => void): BusboyInstance | undefined {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    fail(broken());
    return undefined;
  }
}

function addField(fields: Record<string, unknown>, name: string, value: string): void {
  if (LISTS.has(name)) fields[name] = [...((fields[name] as string[] | undefined) ?? []), value];
  else fields[name] = value;
}

function broken(): AppError {
  return new AppError('INVALID', 'The upload broke off or is not valid multipart. Nothing was kept; send it again.', {
    status: 400,
    issues: [{ path: 'file', message: 'Send the file again.' }],
  });
}

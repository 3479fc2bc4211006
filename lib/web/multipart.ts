import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Readable } from 'node:stream';
import { AppError, invalid } from '@/lib/kernel/errors';

const LIMITS = { files: 2, fields: 700, fieldSize: 20_000, parts: 720, headerPairs: 20 };

/** Fields that may come more than once and are always a list. */
const LISTS = new Set(['assessments']);

/**
 * Reads multipart/form-data with exactly one part `file`, which is handed to `take` while it arrives. Field order does
 * not matter. Rejects with the first problem, and then `take` finds its source broken; the rest is read and dropped, so
 * that a client that is still sending gets its answer.
 */
export function readMultipart<F>(
  body: Readable,
  contentType: string,
  take: (source: AsyncIterable<Uint8Array>, name: string) => Promise<F>,
): Promise<{ fields: Record<string, unknown>; file: F }> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    let taking: Promise<F> | undefined;
    let part: Readable | undefined;
    const fail = (error: unknown) => {
      body.unpipe();
      body.resume();
      part?.destroy(broken());
      reject(error instanceof Error ? error : broken());
    };
    const parser = startParser(contentType, fail);
    if (!parser) return;
    parser.on('field', (name, value, isNameCut, isValueCut) => {
      const problem = addField(fields, name, value, isNameCut || isValueCut);
      if (problem) fail(problem);
    });
    parser.on('file', (name, stream, fileName) => {
      if (name !== 'file' || taking) {
        stream.resume();
        return fail(invalid(name, 'upload.oneFile'));
      }
      part = stream;
      // Whoever reads the part hears of its end; when nobody reads any more, an error without a listener would end the process.
      part.on('error', () => {});
      taking = take(stream, fileName ?? '');
      taking.catch(fail);
    });
    parser.on('filesLimit', () => fail(invalid('file', 'upload.oneFile')));
    parser.on('partsLimit', () => fail(invalid('file', 'upload.tooManyFields')));
    parser.on('fieldsLimit', () => fail(invalid('file', 'upload.tooManyFields')));
    parser.on('error', () => fail(broken()));
    parser.on('finish', () => {
      if (!taking) return reject(invalid('file', 'upload.choose'));
      taking.then((file) => resolve({ fields: { ...fields }, file }), fail);
    });
    body.on('error', () => fail(broken()));
    body.pipe(parser);
  });
}

/** The upload ended before it was complete, or was never what it says it is. */
export function broken(): AppError {
  return new AppError('INVALID', 'upload.brokenOff', {
    status: 400,
    issues: [{ path: 'file', message: 'upload.brokenOff' }],
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

function addField(fields: Record<string, unknown>, name: string, value: string, isCut: boolean): AppError | undefined {
  if (isCut) return invalid(name.slice(0, 100), 'upload.fieldTooLong');
  if (LISTS.has(name)) fields[name] = [...((fields[name] as string[] | undefined) ?? []), value];
  else if (name in fields) return invalid(name, 'field.twice');
  else fields[name] = value;
  return undefined;
}

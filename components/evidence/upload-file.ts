import { Problem, type Issue } from '../api';

export type UploadFields = {
  title: string;
  type: string;
  collectedOn: string;
  validUntil: string | null;
  source: string;
  assessments: readonly string[];
  request: string | null;
  revises?: string;
};

export type Uploaded = { id: string; sha256: string; size: number; state: string };

/**
 * Sends one file with its progress, 0–1. fetch cannot tell how much was sent, so this is the one place that uses
 * XMLHttpRequest. The key makes a repeated try after a broken connection safe: the same file is never kept twice.
 */
export function uploadFile(
  file: File,
  fields: UploadFields,
  idempotencyKey: string,
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/evidence');
    request.setRequestHeader('Idempotency-Key', idempotencyKey);
    request.responseType = 'text';
    request.upload.addEventListener(
      'progress',
      (event) => event.lengthComputable && onProgress(event.loaded / event.total),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Uploaded);
      else reject(problemFrom(request));
    });
    request.addEventListener('error', () => reject(new Problem({ status: 0, code: 'NO_ANSWER', title: '' })));
    request.send(bodyOf(file, fields));
  });
}

function bodyOf(file: File, { assessments, request, revises, validUntil, ...texts }: UploadFields): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(texts)) if (value) body.append(name, value);
  if (validUntil) body.append('validUntil', validUntil);
  if (request) body.append('request', request);
  if (revises) body.append('revises', revises);
  for (const id of assessments) body.append('assessments', id);
  body.append('file', file, file.name);
  return body;
}

function problemFrom(request: XMLHttpRequest): Problem {
  try {
    return new Problem(
      JSON.parse(request.responseText) as { status: number; code: string; title: string; issues?: Issue[] },
    );
  } catch {
    return new Problem({ status: request.status, code: 'UNKNOWN', title: '' });
  }
}

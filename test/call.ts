import { operations } from '@/lib/features/registry';
import { handlerOf } from './handlers';
import { requestOf } from './matrix/request';

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

/** Calls an operation by its name through its real route, as a client would. */
export async function callOperation(
  name: string,
  input: Record<string, unknown>,
  headers: Record<string, string>,
): Promise<Answer> {
  const operation = operations.find((one) => one.name === name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  const { request, params } = requestOf(operation, input, headers);
  const response = await (await handlerOf(operation))(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.endsWith('json');
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: response.status, body, headers: response.headers };
}

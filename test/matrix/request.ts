import type { Operation } from '@/lib/kernel/operation';
import { cases } from './cases';

/** The HTTP request that calls an operation with an input: path parameters filled, the rest in query or body. */
export function requestOf({ http, name }: Operation, input: Record<string, unknown>, headers: Record<string, string>) {
  if (!http) throw new Error(`${name} has no HTTP door.`);
  const params: Record<string, string> = {};
  const rest = { ...input };
  const path = http.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => {
    params[key] = String(input[key]);
    delete rest[key];
    return params[key];
  });
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  const custom = cases[name]!.request;
  if (custom) return { request: custom(url.href, headers, rest), params };
  if (http.method === 'GET' || http.method === 'DELETE') {
    for (const [key, value] of Object.entries(rest))
      for (const each of [value].flat()) url.searchParams.append(key, String(each));
    return { request: new Request(url, { method: http.method, headers }), params };
  }
  const request = new Request(url, {
    method: http.method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(rest),
  });
  return { request, params };
}

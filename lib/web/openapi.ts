import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { permissions } from '@/lib/domain/policy/permissions';
import { tokenRoles } from '@/lib/domain/policy/roles';
import type { Operation } from '@/lib/kernel/operation';
import { apiHeaders } from './headers';
import { sessionPaths } from './session-paths';

const Sentence = { key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() };
const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  ...Sentence,
  reason: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string(), ...Sentence })).optional(),
  retryAfter: z.int().optional(),
  requestId: z.string(),
});

/** The answer to whoever asks for the file. */
export function openApiResponse(operations: readonly Operation[]): Response {
  const body = JSON.stringify(openApiDocument(operations));
  return new Response(body, { headers: apiHeaders({ 'content-type': 'application/json' }) });
}

/** The OpenAPI 3.1 file of every operation that has an HTTP door, with the right it needs and the tokens that have it. */
export function openApiDocument(operations: readonly Operation[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    if (!operation.http) continue;
    const path = `/api/v1${operation.http.path}`;
    paths[path] = { ...paths[path], [operation.http.method.toLowerCase()]: describe(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Heptad',
      version: '1',
      description:
        'Errors are application/problem+json with `code` and, for 422, `issues`. Writes take Idempotency-Key; edits need If-Match.',
    },
    servers: [{ url: '/' }],
    paths: { ...paths, ...sessionPaths },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'heptad.session' },
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'hpt_…' },
      },
    },
    security: [{ session: [] }, { token: [] }],
  });
}

function describe(operation: Operation) {
  const http = operation.http!;
  const inPath = [...http.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const shape = shapeOf(operation.input);
  const rest = Object.entries(shape).filter(([name]) => !inPath.includes(name));
  const asQuery = http.method === 'GET' || http.method === 'DELETE';
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [http.path.split('/')[1]!],
    'x-permission': operation.permission,
    'x-token-scopes': tokenRoles.filter((role) => role in permissions[operation.permission]),
    parameters: [
      ...inPath.map((name) => ({ name, in: 'path' as const, required: true, schema: { type: 'string' as const } })),
      ...(asQuery
        ? rest.map(([name, schema]) => ({
            name,
            in: 'query' as const,
            required: !schema.safeParse(undefined).success,
            schema,
          }))
        : []),
    ],
    ...(!asQuery && rest.length > 0 && { requestBody: { content: contentOf(operation, rest) } }),
    responses: { [String(http.status ?? 200)]: { description: 'Done.' }, default: problem },
  };
}

function contentOf({ http, input }: Operation, fields: readonly [string, z.ZodType][]) {
  if (http!.body !== 'upload') return { 'application/json': { schema: input } };
  const described = Object.fromEntries(fields.filter(([name]) => name !== 'file'));
  const file = z.string().meta({ format: 'binary', description: 'The file itself.' });
  const sha256 = z.string().optional().meta({ description: 'SHA-256 of the file in hex; compared with what arrived.' });
  return { 'multipart/form-data': { schema: z.strictObject({ ...described, sha256, file }) } };
}

const problem = {
  description:
    'A problem: `detail` in English, and the same sentence as `key` and `values` for a client that speaks another language.',
  content: { 'application/problem+json': { schema: Problem } },
};

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  return 'shape' in schema ? (schema.shape as Record<string, z.ZodType>) : {};
}

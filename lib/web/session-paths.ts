import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Credentials, StepUp } from '@/lib/auth/credentials';

/** These need no right of the table: signing in is open, the rest concerns the session that asks. No token may. */
const openToAll = { 'x-permission': 'public', 'x-token-scopes': [] };
const ofOwnAccount = { 'x-permission': 'account:own', 'x-token-scopes': [] };
const problem = { description: 'A problem.' };
const body = (schema: typeof Credentials | typeof StepUp) => ({ content: { 'application/json': { schema } } });

/** Signing in and out is no operation of the registry (nobody is signed in yet), but scripts look for it in the same file. */
export const sessionPaths: ZodOpenApiPathsObject = {
  '/api/v1/session': {
    get: {
      operationId: 'getSession',
      summary: 'Who is signed in.',
      tags: ['session'],
      ...ofOwnAccount,
      responses: { '200': { description: 'The person.' }, default: problem },
    },
    post: {
      operationId: 'postSession',
      summary: 'Signs in: the same rules and delays as the sign-in page. Sets the session cookie.',
      tags: ['session'],
      ...openToAll,
      security: [],
      requestBody: body(Credentials),
      responses: { '200': { description: 'The person.' }, default: problem },
    },
    delete: {
      operationId: 'deleteSession',
      summary: 'Signs out; also fine when the session has ended already.',
      tags: ['session'],
      ...ofOwnAccount,
      responses: { '204': { description: 'Done.' } },
    },
  },
  '/api/v1/session/step-up': {
    post: {
      operationId: 'postStepUp',
      summary: 'Confirms with the password for rights that need a sign-in of the last five minutes.',
      tags: ['session'],
      ...ofOwnAccount,
      requestBody: body(StepUp),
      responses: { '204': { description: 'Done.' }, default: problem },
    },
  },
};

import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Credentials, StepUp } from '@/lib/auth/credentials';

const problem = { description: 'A problem.' };
const body = (schema: typeof Credentials | typeof StepUp) => ({ content: { 'application/json': { schema } } });

/** Signing in and out is no operation of the registry (nobody is signed in yet), but scripts look for it in the same file. */
export const sessionPaths: ZodOpenApiPathsObject = {
  '/api/v1/session': {
    get: {
      operationId: 'getSession',
      summary: 'Who is signed in.',
      tags: ['session'],
      responses: { '200': { description: 'The person.' }, default: problem },
    },
    post: {
      operationId: 'postSession',
      summary: 'Signs in: the same rules and delays as the sign-in page. Sets the session cookie.',
      tags: ['session'],
      security: [],
      requestBody: body(Credentials),
      responses: { '200': { description: 'The person.' }, default: problem },
    },
    delete: {
      operationId: 'deleteSession',
      summary: 'Signs out; also fine when the session has ended already.',
      tags: ['session'],
      responses: { '204': { description: 'Done.' } },
    },
  },
  '/api/v1/session/step-up': {
    post: {
      operationId: 'postStepUp',
      summary: 'Confirms with the password for rights that need a sign-in of the last five minutes.',
      tags: ['session'],
      requestBody: body(StepUp),
      responses: { '204': { description: 'Done.' }, default: problem },
    },
  },
};

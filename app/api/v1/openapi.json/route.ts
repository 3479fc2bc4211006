import { operations } from '@/lib/features/registry';
import { openApiDocument } from '@/lib/web/openapi';

/** The file is the same for everybody and tells nothing about any organisation. */
export function GET(): Response {
  return Response.json(openApiDocument(operations));
}

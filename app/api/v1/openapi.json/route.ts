import { operations } from '@/lib/features/registry';
import { openApiResponse } from '@/lib/web/openapi';
import { resource } from '@/lib/web/resource';

/** The file is the same for everybody and tells nothing about any organisation. */
export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ GET: async () => openApiResponse(operations) });

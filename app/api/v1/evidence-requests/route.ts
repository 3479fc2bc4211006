import { requestEvidence } from '@/lib/features/requests/commands';
import { listRequests } from '@/lib/features/requests/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listRequests),
  POST: route(requestEvidence),
});

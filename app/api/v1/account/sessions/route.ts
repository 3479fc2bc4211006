import { endAllOwnSessions } from '@/lib/features/account/commands';
import { listOwnSessions } from '@/lib/features/account/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  DELETE: route(endAllOwnSessions),
  GET: route(listOwnSessions),
});

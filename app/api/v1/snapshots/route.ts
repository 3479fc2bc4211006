import { freezeMonth } from '@/lib/features/snapshots/commands';
import { listSnapshots } from '@/lib/features/snapshots/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listSnapshots),
  POST: route(freezeMonth),
});

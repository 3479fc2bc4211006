import { updateEntity } from '@/lib/features/entities/commands';
import { getEntity } from '@/lib/features/entities/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(getEntity),
  PATCH: route(updateEntity),
});

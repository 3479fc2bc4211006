import { invitePerson } from '@/lib/features/people/commands';
import { listPeople } from '@/lib/features/people/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listPeople),
  POST: route(invitePerson),
});

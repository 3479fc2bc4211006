import { addComment } from '@/lib/features/comments/commands';
import { listComments } from '@/lib/features/comments/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listComments),
  POST: route(addComment),
});

import { resource } from '@/lib/web/resource';
import { deleteSession, getSession, postSession } from '@/lib/web/session-route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  DELETE: deleteSession,
  GET: getSession,
  POST: postSession,
});

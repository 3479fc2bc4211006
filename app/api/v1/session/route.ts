export { deleteSession as DELETE, getSession as GET, postSession as POST } from '@/lib/web/session-route';

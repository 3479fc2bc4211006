export { postStepUp as POST } from '@/lib/web/session-route';

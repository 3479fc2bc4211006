import { resource } from '@/lib/web/resource';
import { postStepUp } from '@/lib/web/session-route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ POST: postStepUp });

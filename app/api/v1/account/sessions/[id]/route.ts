import { endOwnSession } from '@/lib/features/account/commands';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ DELETE: route(endOwnSession) });

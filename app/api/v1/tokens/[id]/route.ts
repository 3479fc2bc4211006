import { revokeToken } from '@/lib/features/tokens/commands';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ DELETE: route(revokeToken) });

import { setRaci } from '@/lib/features/raci/commands';
import { getRaci } from '@/lib/features/raci/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ GET: route(getRaci), PUT: route(setRaci) });

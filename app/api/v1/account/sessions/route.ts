import { endAllOwnSessions } from '@/lib/features/account/commands';
import { listOwnSessions } from '@/lib/features/account/queries';
import { route } from '@/lib/web/route';

export const GET = route(listOwnSessions);
export const DELETE = route(endAllOwnSessions);

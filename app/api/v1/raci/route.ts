import { setRaci } from '@/lib/features/raci/commands';
import { getRaci } from '@/lib/features/raci/queries';
import { route } from '@/lib/web/route';

export const GET = route(getRaci);
export const PUT = route(setRaci);

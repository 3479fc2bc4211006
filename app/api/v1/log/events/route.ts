import { listEvents } from '@/lib/features/log/queries';
import { route } from '@/lib/web/route';

export const GET = route(listEvents);

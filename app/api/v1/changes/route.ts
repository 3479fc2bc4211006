import { getChanges } from '@/lib/features/overview/queries';
import { route } from '@/lib/web/route';

export const GET = route(getChanges);

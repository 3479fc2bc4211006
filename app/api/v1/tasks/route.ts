import { getMyWork } from '@/lib/features/tasks/queries';
import { route } from '@/lib/web/route';

export const GET = route(getMyWork);

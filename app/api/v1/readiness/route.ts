import { getReadiness } from '@/lib/features/readiness/queries';
import { route } from '@/lib/web/route';

export const GET = route(getReadiness);

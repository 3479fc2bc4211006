import { compareSnapshots } from '@/lib/features/snapshots/queries';
import { route } from '@/lib/web/route';

export const GET = route(compareSnapshots);

import { freezeMonth } from '@/lib/features/snapshots/commands';
import { listSnapshots } from '@/lib/features/snapshots/queries';
import { route } from '@/lib/web/route';

export const GET = route(listSnapshots);
export const POST = route(freezeMonth);

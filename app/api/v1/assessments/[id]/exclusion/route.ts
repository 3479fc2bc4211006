import { endExclusion, proposeExclusion } from '@/lib/features/assessments/commands';
import { route } from '@/lib/web/route';

export const POST = route(proposeExclusion);
export const DELETE = route(endExclusion);

import { updateEvidence } from '@/lib/features/evidence/commands';
import { getEvidence } from '@/lib/features/evidence/queries';
import { route } from '@/lib/web/route';

export const GET = route(getEvidence);
export const PATCH = route(updateEvidence);

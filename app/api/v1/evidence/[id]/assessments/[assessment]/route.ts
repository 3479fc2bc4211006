import { unlinkEvidence } from '@/lib/features/evidence/commands';
import { route } from '@/lib/web/route';

export const DELETE = route(unlinkEvidence);

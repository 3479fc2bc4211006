import { linkEvidence } from '@/lib/features/evidence/commands';
import { route } from '@/lib/web/route';

export const POST = route(linkEvidence);

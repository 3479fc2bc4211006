import { withdrawEvidence } from '@/lib/features/reviews/commands';
import { route } from '@/lib/web/route';

export const POST = route(withdrawEvidence);

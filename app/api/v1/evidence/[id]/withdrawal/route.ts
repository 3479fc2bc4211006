import { keepEvidence, proposeWithdrawal } from '@/lib/features/reviews/commands';
import { route } from '@/lib/web/route';

export const POST = route(proposeWithdrawal);
export const DELETE = route(keepEvidence);

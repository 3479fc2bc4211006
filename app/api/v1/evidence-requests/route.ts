import { requestEvidence } from '@/lib/features/requests/commands';
import { listRequests } from '@/lib/features/requests/queries';
import { route } from '@/lib/web/route';

export const GET = route(listRequests);
export const POST = route(requestEvidence);

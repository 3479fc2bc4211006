import { createEngagement } from '@/lib/features/engagements/commands';
import { listEngagements } from '@/lib/features/engagements/queries';
import { route } from '@/lib/web/route';

export const GET = route(listEngagements);
export const POST = route(createEngagement);

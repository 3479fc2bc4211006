import { endEngagement } from '@/lib/features/engagements/commands';
import { route } from '@/lib/web/route';

export const POST = route(endEngagement);

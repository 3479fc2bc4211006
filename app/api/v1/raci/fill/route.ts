import { fillRaci } from '@/lib/features/raci/commands';
import { route } from '@/lib/web/route';

export const POST = route(fillRaci);

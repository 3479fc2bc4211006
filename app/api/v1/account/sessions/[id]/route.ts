import { endOwnSession } from '@/lib/features/account/commands';
import { route } from '@/lib/web/route';

export const DELETE = route(endOwnSession);

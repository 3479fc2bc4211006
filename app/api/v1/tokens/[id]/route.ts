import { revokeToken } from '@/lib/features/tokens/commands';
import { route } from '@/lib/web/route';

export const DELETE = route(revokeToken);

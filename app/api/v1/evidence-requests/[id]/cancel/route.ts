import { cancelRequest } from '@/lib/features/requests/commands';
import { route } from '@/lib/web/route';

export const POST = route(cancelRequest);

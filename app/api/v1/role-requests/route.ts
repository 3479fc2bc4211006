import { listRoleRequests } from '@/lib/features/people/queries';
import { route } from '@/lib/web/route';

export const GET = route(listRoleRequests);

import { listPermissions } from '@/lib/features/permissions/queries';
import { route } from '@/lib/web/route';

export const GET = route(listPermissions);

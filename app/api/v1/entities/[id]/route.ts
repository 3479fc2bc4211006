import { updateEntity } from '@/lib/features/entities/commands';
import { getEntity } from '@/lib/features/entities/queries';
import { route } from '@/lib/web/route';

export const GET = route(getEntity);
export const PATCH = route(updateEntity);

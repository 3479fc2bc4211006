import { createEntity } from '@/lib/features/entities/commands';
import { listEntities } from '@/lib/features/entities/queries';
import { route } from '@/lib/web/route';

export const GET = route(listEntities);
export const POST = route(createEntity);

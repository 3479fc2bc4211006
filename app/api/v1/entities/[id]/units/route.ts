import { createUnit } from '@/lib/features/entities/commands';
import { route } from '@/lib/web/route';

export const POST = route(createUnit);

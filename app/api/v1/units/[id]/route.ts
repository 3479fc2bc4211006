import { updateUnit } from '@/lib/features/entities/commands';
import { route } from '@/lib/web/route';

export const PATCH = route(updateUnit);

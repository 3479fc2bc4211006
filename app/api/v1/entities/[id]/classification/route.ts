import { overrideClassification } from '@/lib/features/entities/commands';
import { route } from '@/lib/web/route';

export const PUT = route(overrideClassification);

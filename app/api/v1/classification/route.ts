import { previewClassification } from '@/lib/features/entities/queries';
import { route } from '@/lib/web/route';

export const POST = route(previewClassification);

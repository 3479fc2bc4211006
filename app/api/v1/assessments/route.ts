import { listAssessments } from '@/lib/features/assessments/queries';
import { route } from '@/lib/web/route';

export const GET = route(listAssessments);

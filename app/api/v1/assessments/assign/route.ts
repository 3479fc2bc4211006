import { assignAssessments } from '@/lib/features/assessments/commands';
import { route } from '@/lib/web/route';

export const POST = route(assignAssessments);

import { updateAssessment } from '@/lib/features/assessments/commands';
import { getAssessment } from '@/lib/features/assessments/queries';
import { route } from '@/lib/web/route';

export const GET = route(getAssessment);
export const PATCH = route(updateAssessment);

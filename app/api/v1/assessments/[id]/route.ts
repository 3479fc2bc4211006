import { updateAssessment } from '@/lib/features/assessments/commands';
import { getAssessment } from '@/lib/features/assessments/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(getAssessment),
  PATCH: route(updateAssessment),
});

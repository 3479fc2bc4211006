import { assignAssessments } from '@/lib/features/assessments/commands';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ POST: route(assignAssessments) });

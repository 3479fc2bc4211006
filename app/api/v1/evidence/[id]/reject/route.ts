import { rejectEvidence } from '@/lib/features/reviews/commands';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ POST: route(rejectEvidence) });

import { getEvidenceContent } from '@/lib/features/evidence/queries';
import { route } from '@/lib/web/route';

export const GET = route(getEvidenceContent);

import { submitFile } from '@/lib/features/evidence/commands';
import { evidenceIntake } from '@/lib/features/evidence/intake';
import { listEvidence } from '@/lib/features/evidence/queries';
import { route } from '@/lib/web/route';
import { uploadRoute } from '@/lib/web/upload';

export const GET = route(listEvidence);
export const POST = uploadRoute(submitFile, evidenceIntake);

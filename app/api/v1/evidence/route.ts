import { submitFile } from '@/lib/features/evidence/commands';
import { evidenceIntake } from '@/lib/features/evidence/intake';
import { listEvidence } from '@/lib/features/evidence/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';
import { uploadRoute } from '@/lib/web/upload';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listEvidence),
  POST: uploadRoute(submitFile, evidenceIntake),
});

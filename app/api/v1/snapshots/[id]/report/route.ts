import { prepareReport, readReport } from '@/lib/features/reports/commands';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(readReport),
  POST: route(prepareReport),
});

import { prepareReport, readReport } from '@/lib/features/reports/commands';
import { route } from '@/lib/web/route';

export const GET = route(readReport);
export const POST = route(prepareReport);

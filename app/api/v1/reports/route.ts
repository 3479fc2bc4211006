import { listReports } from '@/lib/features/reports/queries';
import { route } from '@/lib/web/route';

export const GET = route(listReports);

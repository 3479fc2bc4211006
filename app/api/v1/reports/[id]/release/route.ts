import { releaseReport } from '@/lib/features/reports/commands';
import { route } from '@/lib/web/route';

export const POST = route(releaseReport);

import { exportHeatmap } from '@/lib/features/heatmap/queries';
import { route } from '@/lib/web/route';

export const GET = route(exportHeatmap);

import { getHeatmapCell } from '@/lib/features/heatmap-cell/queries';
import { route } from '@/lib/web/route';

export const GET = route(getHeatmapCell);

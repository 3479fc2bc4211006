import { exportWorkpaper } from '@/lib/features/engagements/queries';
import { route } from '@/lib/web/route';

export const GET = route(exportWorkpaper);

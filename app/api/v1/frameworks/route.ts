import { listFrameworks } from '@/lib/features/catalogue/queries';
import { route } from '@/lib/web/route';

export const GET = route(listFrameworks);

import { search } from '@/lib/features/search/queries';
import { route } from '@/lib/web/route';

export const GET = route(search);

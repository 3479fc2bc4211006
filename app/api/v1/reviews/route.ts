import { listReviews } from '@/lib/features/reviews/queries';
import { route } from '@/lib/web/route';

export const GET = route(listReviews);

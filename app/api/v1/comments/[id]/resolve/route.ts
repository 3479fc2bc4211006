import { resolveComment } from '@/lib/features/comments/commands';
import { route } from '@/lib/web/route';

export const POST = route(resolveComment);

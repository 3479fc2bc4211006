import { addComment } from '@/lib/features/comments/commands';
import { listComments } from '@/lib/features/comments/queries';
import { route } from '@/lib/web/route';

export const GET = route(listComments);
export const POST = route(addComment);

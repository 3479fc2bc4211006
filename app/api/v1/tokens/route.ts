import { createToken } from '@/lib/features/tokens/commands';
import { listTokens } from '@/lib/features/tokens/queries';
import { route } from '@/lib/web/route';

export const GET = route(listTokens);
export const POST = route(createToken);

import { createToken } from '@/lib/features/tokens/commands';
import { listTokens } from '@/lib/features/tokens/queries';
import { resource } from '@/lib/web/resource';
import { route } from '@/lib/web/route';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({
  GET: route(listTokens),
  POST: route(createToken),
});

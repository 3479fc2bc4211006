import { getFramework } from '@/lib/features/frameworks/queries';
import { route } from '@/lib/web/route';

export const GET = route(getFramework);

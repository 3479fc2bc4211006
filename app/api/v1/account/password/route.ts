import { changeOwnPassword } from '@/lib/features/account/commands';
import { route } from '@/lib/web/route';

export const POST = route(changeOwnPassword);

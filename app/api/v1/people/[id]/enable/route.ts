import { enablePerson } from '@/lib/features/people/commands';
import { route } from '@/lib/web/route';

export const POST = route(enablePerson);

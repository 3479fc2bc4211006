import { updatePerson } from '@/lib/features/people/commands';
import { route } from '@/lib/web/route';

export const PATCH = route(updatePerson);

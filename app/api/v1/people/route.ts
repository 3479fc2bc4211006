import { invitePerson } from '@/lib/features/people/commands';
import { listPeople } from '@/lib/features/people/queries';
import { route } from '@/lib/web/route';

export const GET = route(listPeople);
export const POST = route(invitePerson);

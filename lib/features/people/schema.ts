import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { day } from '@/lib/kernel/fields';
import { type PersonRole, personRoles } from '@/lib/domain/policy/roles';

export const ListPeople = z.strictObject({
  q: z.string().trim().max(120).optional(),
  role: z.enum(personRoles).optional(),
  disabled: z.enum(['true', 'false']).default('false'),
});

const functions = z.array(z.string().max(40)).max(11);
const name = z.string().trim().min(1, hint('person.name')).max(120);

export const InvitePerson = z.strictObject({
  name,
  email: z
    .email(hint('field.email'))
    .max(254)
    .transform((text) => text.toLowerCase()),
  jobTitle: z.string().trim().max(120).optional(),
  functions: functions.default([]),
  appointedOn: day.nullable().optional(),
  /** The role asked for; it takes effect when a second person agrees. */
  role: z.enum(personRoles),
  entityIds: z.array(z.uuid()).max(200).default([]),
});

export const UpdatePerson = z.strictObject({
  id: z.uuid(),
  version: z.coerce.number().int().min(1),
  name: name.optional(),
  jobTitle: z.string().trim().max(120).nullable().optional(),
  functions: functions.optional(),
  appointedOn: day.nullable().optional(),
});

export const PersonRef = z.strictObject({ id: z.uuid(), version: z.coerce.number().int().min(1).optional() });

export const RequestRole = z.strictObject({
  id: z.uuid().describe('the person'),
  role: z.enum(personRoles),
  change: z.enum(['grant', 'revoke']),
  entityIds: z.array(z.uuid()).max(200).default([]),
  reason: z.string().trim().max(1000).optional(),
});

export const DecideRole = z.strictObject({ id: z.uuid(), approve: z.boolean() });
export const NoInput = z.strictObject({});

export type PersonItem = {
  id: string;
  name: string;
  email: string;
  jobTitle: string | null;
  functions: string[];
  appointedOn: string | null;
  isDisabled: boolean;
  roles: { role: PersonRole; entities: string[] | null; endsAt: string | null }[];
  lastSignedInAt: string | null;
  version: number;
};

export type RoleRequestItem = {
  id: string;
  person: { id: string; name: string };
  role: PersonRole;
  change: 'grant' | 'revoke';
  entities: string[];
  reason: string | null;
  requestedBy: { id: string; name: string };
  requestedAt: string;
  mayDecide: boolean;
};

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { inTransaction } from '@/db/client';
import { membership, person, userAccount } from '@/db/schema/identity';
import { organisation } from '@/db/schema/platform';
import { hashPassword } from '@/lib/auth/password';
import { workerActor } from '@/lib/kernel/actor';
import { appendEvents } from '@/lib/kernel/event';
import { newId } from '@/lib/kernel/ids';
import { CommandFailure } from '../failure';

const Email = z.email().transform((text) => text.toLowerCase());

export type FirstPerson = { email: string; role: 'admin' | 'compliance'; password: string };

/** An organisation with a platform administrator and a compliance officer: the two persons every further right needs. */
export async function makeOrganisation(
  name: string,
  options: { adminEmail: string; complianceEmail: string; timeZone: string },
): Promise<FirstPerson[]> {
  const people: FirstPerson[] = [
    { email: addressOf(options.adminEmail), role: 'admin', password: randomBytes(12).toString('base64url') },
    { email: addressOf(options.complianceEmail), role: 'compliance', password: randomBytes(12).toString('base64url') },
  ];
  const id = newId();
  const hashes = await Promise.all(people.map(({ password }) => hashPassword(password)));
  await inTransaction({ organisationId: id, access: 'write' }, async (tx) => {
    await tx.db.insert(organisation).values({ id, name, slug: slugOf(name, id), timeZone: options.timeZone });
    for (const [index, { email, role }] of people.entries()) {
      const personId = newId();
      await tx.db.insert(userAccount).values({ id: personId, email, passwordHash: hashes[index]! });
      await tx.db.insert(person).values({
        orgId: id,
        id: personId,
        name: email.split('@')[0]!,
        email,
        functions: role === 'compliance' ? ['compliance'] : [],
      });
      await tx.db.insert(membership).values({ orgId: id, id: newId(), personId, role, startsAt: tx.now });
    }
    const actor = workerActor({ id, name, isDemo: false, timeZone: options.timeZone }, newId());
    await appendEvents(tx, actor, [
      { verb: 'organisation.created', object: { kind: 'organisation', id }, detail: { people: people.length } },
    ]);
  }).catch((error: unknown) => {
    const text = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CommandFailure(
      /duplicate key/.test(text)
        ? 'An account with one of these addresses, or an organisation of this name, exists already.'
        : text,
    );
  });
  return people;
}

function addressOf(text: string): string {
  const parsed = Email.safeParse(text);
  if (!parsed.success) throw new CommandFailure(`${text} is not an email address.`);
  return parsed.data;
}

function slugOf(name: string, id: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return (words || id).slice(0, 60);
}

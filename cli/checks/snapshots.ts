import type { SnapshotCheck } from '@/lib/features/snapshots/schema';
import { checkSnapshot, listSnapshots } from '@/lib/features/snapshots/queries';
import { workerActor } from '@/lib/kernel/actor';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import { allOrganisationIds, organisationOf } from '@/lib/kernel/job';

export type CheckedSnapshot = SnapshotCheck & { organisation: string; month: string };

/** Checks every frozen month of every organisation, newest first; one month at a time, for it may be large. */
export async function checkAllSnapshots(): Promise<CheckedSnapshot[]> {
  const checked: CheckedSnapshot[] = [];
  for (const id of await allOrganisationIds()) {
    const organisation = await organisationOf(id);
    if (!organisation) continue;
    const actor = workerActor(organisation, newId());
    let cursor: string | undefined;
    do {
      const { items, next } = await execute(listSnapshots, actor, { cursor });
      for (const { id: snapshot, month } of items) {
        const check = await execute(checkSnapshot, actor, { id: snapshot });
        checked.push({ ...check, organisation: organisation.name, month });
      }
      cursor = next ?? undefined;
    } while (cursor !== undefined);
  }
  return checked;
}

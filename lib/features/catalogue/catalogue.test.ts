import { beforeAll, describe, expect, it } from 'vitest';
import { execute } from '@/lib/kernel/execute';
import type { UserActor } from '@/lib/kernel/actor';
import { actorFor, makeWorld } from '@/test/factories';
import { useDatabase } from '@/test/database';
import { getFramework, listFrameworks } from '../frameworks/queries';
import { search } from '../search/queries';
import { getControl, getObligation, listControls, listObligations } from './queries';

useDatabase();

let reader: UserActor;

beforeAll(async () => {
  const world = await makeWorld();
  reader = await actorFor(world, world.people.board);
});

describe('the catalogue in the language of its reader', () => {
  it('is English when no language is asked for', async () => {
    const { control } = await execute(getControl, reader, { id: 'GOV-01' });
    expect(control.statement).toMatch(/^The management body has formally approved/);
  });

  it('gives a control with its statement, levels, measure and requirements in German', async () => {
    const { control, requirements, obligations } = await execute(getControl, reader, { id: 'GOV-01', locale: 'de' });
    expect(control.statement).toMatch(/^Das Leitungsorgan hat/);
    for (const text of [control.maturity['3'], control.metric, control.weight_reason, requirements[0]!.summary])
      expect(text).not.toMatch(/\b(the|and|of)\b/);
    expect(obligations[0]!.reference).toBe('Art. 20 Abs. 1');
  });

  it('finds a control, a duty and a page of the palette by German words', async () => {
    const { items } = await execute(listControls, reader, { q: 'Leitungsorgan billigt', locale: 'de' });
    expect(items.map(({ id }) => id)).toContain('GOV-01');
    expect((await execute(listControls, reader, { q: 'Leitungsorgan billigt' })).items).toEqual([]);
    const duties = await execute(listObligations, reader, { q: 'Lieferkette', locale: 'de' });
    expect(duties.items.map(({ id }) => id)).toContain('nis2.21.2.d');
    const found = await execute(search, reader, { q: 'Leitungsorgan', locale: 'de' });
    expect(found.items.some(({ kind, title }) => kind === 'control' && title.startsWith('GOV-01'))).toBe(true);
  });

  it('reads law and frameworks from either side', async () => {
    const duty = await execute(getObligation, reader, { id: 'nis2.21.2.d', locale: 'de' });
    expect(duty.controls.length).toBeGreaterThan(5);
    const { items } = await execute(listFrameworks, reader, {});
    const iso = await execute(getFramework, reader, { id: 'iso27001_2022', q: 'A.5.1', locale: 'de' });
    expect(items.map(({ id }) => id)).toContain('iso27001_2022');
    expect(iso.elements.find(({ id }) => id === 'A.5.1')!.controls.map(({ id }) => id)).toContain('GOV-01');
  });
});

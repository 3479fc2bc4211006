import { beforeAll, describe, expect, it } from 'vitest';
import { callOperation } from '@/test/call';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { headersFor, makeWorld, type World } from '@/test/factories';

useDatabase();

const REASON = 'There is no such supplier in this entity.';

let world: World;
let officer: Record<string, string>;
let ciso: Record<string, string>;

beforeAll(async () => {
  world = await makeWorld();
  officer = await headersFor(world, world.people.compliance);
  ciso = await headersFor(world, world.people.ciso);
});

const read = async (id: string) => (await callOperation('getAssessment', { id }, officer)).body;
const propose = async (id: string, reason = REASON) =>
  callOperation('proposeExclusion', { id, reason, version: (await read(id)).version }, officer);
const decide = async (id: string, headers: Record<string, string>, approve = true) =>
  callOperation('decideExclusion', { id, approve, version: (await read(id)).version }, headers);

describe('a control that does not apply here', () => {
  it('needs a reason, a second person, and is never a key control', async () => {
    const id = world.assessments['GOV-02']!;
    expect(await propose(id, 'no')).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'reason', key: 'assessment.whyNot' }] },
    });
    expect((await propose(id)).status).toBe(200);
    expect(await decide(id, officer)).toMatchObject({ status: 403, body: { reason: 'own-work' } });
    expect((await decide(id, ciso)).status).toBe(200);
    const { until } = (await read(id)).exclusion as { until: string };
    expect(Math.round((Date.parse(until) - Date.now()) / 86_400_000)).toBeOneOf([364, 365, 366]);
    expect(await propose(world.assessments['GOV-01']!)).toMatchObject({ body: { key: 'assessment.keyControl' } });
  });

  it('takes no marks while it is excluded, and applies again by itself after its year', async () => {
    const id = world.assessments['RSK-01']!;
    await propose(id);
    await decide(id, ciso);
    const mark = async () =>
      callOperation('updateAssessment', { id, documentation: 3, version: (await read(id)).version }, officer);
    expect(await mark()).toMatchObject({ status: 409, body: { key: 'assessment.excluded' } });
    const ask = (state: string) => callOperation('listAssessments', { state }, officer);
    const idsOf = (answer: { body: Record<string, unknown> }) =>
      (answer.body.items as { id: string }[]).map((one) => one.id);
    expect(idsOf(await ask('excluded'))).toContain(id);
    await asSuperuser(
      (client) => client.query('update heptad.assessment set exclusion_until = current_date - 1 where id = $1', [id]),
      databaseName(),
    );
    expect(idsOf(await ask('excluded'))).not.toContain(id);
    expect(await read(id)).toMatchObject({ applicability: 'applicable', exclusion: null });
    expect((await mark()).status).toBe(200);
    expect((await propose(id)).status).toBe(200);
    expect((await decide(id, ciso, false)).status).toBe(200);
    const { history } = await read(id);
    expect((history as unknown[]).length).toBe(5);
  });
});

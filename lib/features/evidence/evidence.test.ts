import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PersonRole } from '@/lib/domain/policy/roles';
import { operations } from '@/lib/features/registry';
import { openApiDocument } from '@/lib/web/openapi';
import { callOperation } from '@/test/call';
import { useDatabase } from '@/test/database';
import { headersFor, makeWorld, type World } from '@/test/factories';
import { newEvidence } from '@/test/matrix/evidence';

useDatabase();

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

const as = (role: PersonRole) => headersFor(world, world.people[role]);

const minutes = {
  kind: 'board_minutes',
  meetingOn: '2026-01-15',
  item: 'Measures',
  decision: 'approved',
  resolution: 'The measures are approved.',
  inFavour: 2,
  against: 1,
  abstained: 0,
  present: ['A', 'B', 'C'],
};
const training = () => ({
  kind: 'training_record',
  module: 'Duties of the management body',
  heldOn: '2026-01-15',
  provider: 'Academy',
  hours: 2,
  participants: [{ personId: world.people.board, passed: true, score: 90 }],
});

describe('a form as evidence', () => {
  const submit = async (form: object) =>
    callOperation('submitForm', { title: 'Form', collectedOn: '2026-01-15', form }, await as('compliance'));

  it('is taken when it can be true', async () => {
    expect((await submit(minutes)).status).toBe(201);
    expect((await submit({ ...minutes, inFavour: 0, against: 0 })).status).toBe(201);
    expect((await submit({ ...minutes, decision: 'rejected', inFavour: 1, against: 2 })).status).toBe(201);
    expect((await submit(training())).status).toBe(201);
  });

  it.each([
    ['more votes than people', () => ({ ...minutes, inFavour: 3 }), 'form.inFavour', 'evidence.votes'],
    [
      'an approval by a minority',
      () => ({ ...minutes, inFavour: 1, against: 2 }),
      'form.decision',
      'evidence.notCarried',
    ],
    ['a meeting to come', () => ({ ...minutes, meetingOn: '2199-01-01' }), 'form.meetingOn', 'evidence.future'],
    [
      'nobody present',
      () => ({ ...minutes, present: [], inFavour: 0, against: 0 }),
      'form.present',
      'evidence.present',
    ],
    ['a training to come', () => ({ ...training(), heldOn: '2199-01-01' }), 'form.heldOn', 'evidence.future'],
    [
      'a stranger',
      () => ({ ...training(), participants: [...training().participants, { personId: randomUUID(), passed: true }] }),
      'form.participants.1.personId',
      'person.unknown',
    ],
    [
      'a person twice',
      () => ({ ...training(), participants: [...training().participants, ...training().participants] }),
      'form.participants',
      'evidence.participantTwice',
    ],
    ['an unknown kind', () => ({ kind: 'confession' }), 'form.kind', 'field.invalid'],
  ])('with %s is refused at its field', async (_what, form, path, key) => {
    expect(await submit(form())).toMatchObject({ status: 422, body: { issues: [{ path, key }] } });
  });
});

describe('a link as evidence', () => {
  it.each([
    ['javascript:alert(1)', 'field.url'],
    ['file:///etc/passwd', 'field.url'],
    ['https://', 'field.url'],
    ['https://user:secret@wiki.example/', 'evidence.urlSecret'],
  ])('to %s is refused', async (url, key) => {
    const input = { title: 'Wiki', type: 'ai_inventory', collectedOn: '2026-01-15', url };
    expect(await callOperation('submitLink', input, await as('compliance'))).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'url', key }] },
    });
  });
});

describe('withdrawn evidence', () => {
  it('is kept, and hidden from all but those who decide on it', async () => {
    const id = await newEvidence(world, 'owner', {
      state: 'withdrawn',
      uploadedBy: world.people.admin,
      withdrawalReason: 'It shows another site.',
      withdrawalProposedBy: world.people.compliance,
      withdrawalProposedAt: new Date(),
      withdrawnBy: world.people.ciso,
      withdrawnAt: new Date(),
    });
    for (const role of ['compliance', 'ciso'] as const)
      expect((await callOperation('getEvidence', { id }, await as(role))).status, role).toBe(200);
    for (const role of ['board', 'owner', 'auditor', 'ai-officer'] as const) {
      const headers = await as(role);
      expect((await callOperation('getEvidence', { id }, headers)).status, role).toBe(404);
      expect((await callOperation('getEvidenceContent', { id }, headers)).status, role).toBe(404);
      const { items } = (await callOperation('listEvidence', { state: 'withdrawn' }, headers)).body;
      expect(items, role).toEqual([]);
    }
  });
});

describe('the OpenAPI file', () => {
  const document = openApiDocument(operations);

  it('describes the upload as what it is, without the fields that only the server fills', () => {
    const { post } = document.paths!['/api/v1/evidence']!;
    const content = (post as { requestBody: { content: Record<string, { schema: { properties: object } }> } })
      .requestBody.content;
    expect(Object.keys(content)).toEqual(['multipart/form-data']);
    const fields = Object.keys(content['multipart/form-data']!.schema.properties);
    expect(fields).toEqual(expect.arrayContaining(['file', 'title', 'type', 'collectedOn', 'assessments', 'sha256']));
    expect(JSON.stringify(content)).not.toContain('storageKey');
  });

  it('lists every operation with its right, and signing in', () => {
    const listed = Object.values(document.paths!).flatMap(
      (methods) => Object.values(methods as object) as { operationId: string; 'x-permission'?: string }[],
    );
    expect(listed.filter((one) => !one['x-permission'])).toEqual([]);
    const withRight = listed.filter(
      ({ operationId }) => !/Session$|StepUp$/.test(operationId) || /Own/.test(operationId),
    );
    expect(withRight.map(({ operationId }) => operationId).toSorted()).toEqual(
      operations
        .filter(({ http }) => http)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(listed.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(['postSession', 'postStepUp', 'deleteSession']),
    );
  });
});

import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { snapshot } from '@/db/schema/snapshots';
import { localDate, showInstant } from '@/lib/domain/deadline/instant';
import type { Moment } from '@/lib/domain/score/caps';
import { toPoints } from '@/lib/domain/score/points';
import { liveScoreboard } from '@/lib/domain/scoreboard/scoreboard';
import { assembleFacts } from '@/lib/domain/snapshot/assemble-facts';
import type { FrozenEntity, FrozenEvidence, SnapshotContent } from '@/lib/domain/snapshot/content';
import type { FrozenMonth } from '@/lib/domain/snapshot/facts';
import { historyOf, linksOf } from '@/lib/domain/snapshot/links';
import { entityContent, freeze, type FreezeInput } from '@/lib/domain/snapshot/freeze';
import { dayNumber } from '@/lib/domain/snapshot/month';
import { dueRenewals, evidenceIdsOf } from '@/lib/domain/snapshot/renewals';
import { scoreEntities, type UnscoredEntity } from '@/lib/domain/snapshot/scoring';
import { monthsBefore } from '@/lib/domain/snapshot/trend';
import { forbidden, invalid } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import {
  controlsOfCaps,
  loadAssessmentFacts,
  loadEvidenceHashes,
  loadEvidenceTitles,
  loadOpenWork,
  loadRaciFacts,
  loadRegisters,
} from '../month-facts/queries';
import { boardRules, loadBoardMembers, loadStoredScores } from '../scores/queries';
import { canonicalise, loadMonths, loadPrevious, sha256 } from './queries';
import { FreezeMonth, type SnapshotItem, type SnapshotKind } from './schema';

/** Each row carries the whole month of an entity, so a statement takes only some. */
const ROWS_AT_ONCE = 20;

export const freezeMonth = defineCommand({
  name: 'freezeMonth',
  summary: 'Freezes the group and each entity as they stand now, as one month. A second freeze of a month restates it.',
  permission: 'report:make',
  input: FreezeMonth,
  http: { method: 'POST', path: '/snapshots', status: 201 },
  async run(context, { month }): Promise<SnapshotItem> {
    const { actor, authority, now } = context;
    if (authority.entityIds !== null) throw forbidden('right.wholeGroup');
    const current = localDate(now.getTime(), actor.organisation.timeZone).slice(0, 7);
    if (month > current) throw invalid('month', 'snapshot.notBegun');
    if (month < monthsBefore(current, 1)) {
      throw invalid('month', 'snapshot.tooOld');
    }
    return freezeAsOf(context, { month, asOf: now, kind: 'on-demand' });
  },
});

/** What to freeze, and as what. `asOf` judges freshness and caps; the facts are those of this transaction. */
export type FreezeOrder = { month: string; asOf: Date; kind: SnapshotKind };

/** Freezes the organisation in this transaction: one row for the group, one for each entity. */
export async function freezeAsOf(context: CommandContext, order: FreezeOrder): Promise<SnapshotItem> {
  const { db, organisationId, actor, record } = context;
  // One freeze of an organisation at a time: two at once would both name the same month as their previous.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`freeze ${organisationId}`}, 0))`);
  const content = await contentOf(context, order);
  const text = canonicalise(content);
  const id = newId();
  const digest = sha256(text);
  const common = {
    orgId: organisationId,
    month: `${order.month}-01`,
    asOf: order.asOf,
    kind: order.kind,
    method: content.method.id,
    catalogueVersion: content.catalogue.version,
    madeBy: actor.kind === 'user' ? actor.id : null,
  };
  const { proven, claimed, open, level } = content.group;
  const group = {
    ...common,
    id,
    scope: 'group',
    restatesId: content.restates?.id,
    proven,
    claimed,
    open,
    level,
  } as const;
  await db.insert(snapshot).values({ ...group, content: text, digest });
  const rows = content.entities.map((entity) => ({ ...common, ...entityRow(content, entity, { id, digest }) }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db.insert(snapshot).values(rows.slice(start, start + ROWS_AT_ONCE));
  }
  record({
    verb: content.restates ? 'snapshot.restated' : 'snapshot.frozen',
    object: { kind: 'snapshot', id },
    after: { digest },
    detail: {
      month: order.month,
      kind: order.kind,
      digest,
      entities: content.entities.length,
      restates: content.restates?.id,
    },
  });
  return {
    id,
    month: order.month,
    scope: 'group',
    entity: null,
    kind: order.kind,
    asOf: content.asOf,
    proven: toPoints(proven),
    claimed: toPoints(claimed),
    open: toPoints(open),
    level,
    digest,
    method: content.method.id,
    catalogueVersion: content.catalogue.version,
    restates: content.restates?.id ?? null,
  };
}

function entityRow(content: SnapshotContent, entity: FrozenEntity, group: { id: string; digest: string }) {
  const text = canonicalise(entityContent(content, entity, group));
  const { proven, claimed, open, level } = entity.score;
  return {
    id: newId(),
    scope: 'entity' as const,
    entityId: entity.input.id,
    groupId: group.id,
    proven,
    claimed,
    open,
    level,
    content: text,
    digest: sha256(text),
  };
}

async function contentOf(context: CommandContext, { month, asOf, kind }: FreezeOrder): Promise<SnapshotContent> {
  const { db, organisationId, actor } = context;
  const { organisation } = actor;
  const day = dayNumber(localDate(asOf.getTime(), organisation.timeZone));
  const entities = await unscoredEntities(context, { day, instant: asOf.getTime() });
  const months = await loadMonths(db, organisationId);
  const links = linksOf(months, month);
  const { method } = boardRules();
  const input: FreezeInput = {
    organisation: { id: organisation.id, name: organisation.name, isDemonstration: organisation.isDemo },
    month,
    asOf: showInstant(asOf.getTime(), organisation.timeZone).local,
    zone: organisation.timeZone,
    day,
    method,
    catalogue: frozenCatalogue(),
    previous: links.previous,
    restates: kind === 'engagement' ? null : links.restates,
    entities,
    evidence: await evidenceOf(context, entities),
    facts: await factsOf(context, scoreEntities(entities, day, method), day, historyOf(months, month)),
  };
  return freeze(input, await loadPrevious(db, organisationId, links));
}

async function unscoredEntities({ db, organisationId }: CommandContext, now: Moment): Promise<UnscoredEntity[]> {
  const stored = await loadStoredScores(db, organisationId, { withIds: true });
  const members = await loadBoardMembers(db, organisationId);
  return liveScoreboard({ stored, members, now }, boardRules()).entities.map(
    ({ name, country, sector, classification, evaluation }) => ({
      name,
      country,
      sector,
      classification,
      input: evaluation.input,
    }),
  );
}

function frozenCatalogue(): SnapshotContent['catalogue'] {
  const { version, controls } = catalogue();
  return {
    version,
    controls: controls.map(({ id, title, layer, weight, key_control: key }) => ({ id, title, layer, weight, key })),
  };
}

async function evidenceOf(
  { db, organisationId }: CommandContext,
  entities: readonly UnscoredEntity[],
): Promise<FrozenEvidence[]> {
  const named = evidenceIdsOf(entities.map(({ input }) => input));
  return (await loadEvidenceHashes(db, organisationId)).filter(({ id }) => named.has(id));
}

async function factsOf(
  { db, organisationId }: CommandContext,
  entities: FrozenEntity[],
  day: number,
  history: FrozenMonth[],
): Promise<FreezeInput['facts']> {
  const renewals = dueRenewals(
    entities.map(({ input }) => input),
    day,
  );
  return assembleFacts({
    day,
    method: boardRules().method,
    entities,
    history,
    renewals,
    controlOfCap: controlsOfCaps(),
    assessments: await loadAssessmentFacts(db, organisationId),
    evidence: await loadEvidenceTitles(
      db,
      organisationId,
      renewals.map((renewal) => renewal.evidence),
    ),
    ...(await loadOpenWork(db, organisationId)),
    ...(await loadRaciFacts(db, organisationId)),
    ...(await loadRegisters(db, organisationId)),
  });
}

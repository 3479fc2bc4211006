import { createHash } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { toPoints } from '@/lib/domain/score/points';
import { toSignedPoints } from '@/lib/domain/report/sheet';
import { SNAPSHOT_SCHEMA, type SnapshotContent } from '@/lib/domain/snapshot/content';
import { difference } from '@/lib/domain/snapshot/difference';
import { digestOf } from '@/lib/domain/snapshot/digest';
import type { FrozenMonth } from '@/lib/domain/snapshot/facts';
import { recompute } from '@/lib/domain/snapshot/freeze';
import { conflict, notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { canonicalJson, type JsonValue } from '@/lib/translog/canonical-json';
import {
  CompareSnapshots,
  ListSnapshots,
  type SnapshotCheck,
  type SnapshotComparison,
  type SnapshotItem,
  SnapshotRef,
} from './schema';

type Row = Omit<SnapshotItem, 'proven' | 'claimed' | 'open'> & { proven: number; claimed: number; open: number };

export const listSnapshots = defineQuery({
  name: 'listSnapshots',
  summary: 'Frozen months of the group, or of its entities, newest first.',
  permission: 'score:read',
  input: ListSnapshots,
  http: { method: 'GET', path: '/snapshots' },
  async run(context, input): Promise<{ items: SnapshotItem[]; next: string | null }> {
    const { db, organisationId } = context;
    const { rows } = await db.execute<Row>(sql`
      select s.id, to_char(s.month, 'YYYY-MM') as month, s.scope,
        case when e.id is not null then json_build_object('id', e.id, 'name', e.name) end as entity,
        s.kind, to_json(s.as_of) #>> '{}' as "asOf", s.proven, s.claimed, s.open, s.level, s.digest, s.method,
        s.catalogue_version as "catalogueVersion", s.restates_id as restates
      from snapshot s left join entity e on e.org_id = s.org_id and e.id = s.entity_id
      where s.org_id = ${organisationId} and s.scope = ${input.entity ? 'entity' : input.scope} and ${visible(context)}
        ${input.entity ? sql`and s.entity_id = ${input.entity}` : sql``}
        ${input.month ? sql`and s.month = ${`${input.month}-01`}::date` : sql``}
        ${input.cursor ? sql`and (s.month, s.id) < (split_part(${input.cursor}, '~', 1)::date, split_part(${input.cursor}, '~', 2)::uuid)` : sql``}
      order by s.month desc, s.id desc limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit).map((row) => ({
      ...row,
      proven: toPoints(row.proven),
      claimed: toPoints(row.claimed),
      open: toPoints(row.open),
    }));
    const last = items.at(-1);
    return { items, next: rows.length > input.limit && last ? `${last.month}-01~${last.id}` : null };
  },
});

export const checkSnapshot = defineQuery({
  name: 'checkSnapshot',
  summary:
    'Computes a frozen month anew from its own inputs and compares every byte; checks the link to the month before.',
  permission: 'report:read',
  input: SnapshotRef,
  http: { method: 'GET', path: '/snapshots/{id}/check' },
  async run(context, { id }): Promise<SnapshotCheck> {
    const snapshot = await requireGroupSnapshot(context, id);
    const storedDigest = sha256(snapshot.text);
    const previous = await loadPrevious(context.db, context.organisationId, snapshot.content);
    const recomputedDigest = digestOf(recompute(snapshot.content, previous), canonicalise, sha256);
    const isChained = await isChainedTo(context, snapshot.content.previous);
    const ok = storedDigest === snapshot.digest && recomputedDigest === snapshot.digest && isChained !== false;
    return { id, digest: snapshot.digest, storedDigest, recomputedDigest, isChained, ok };
  },
});

export const compareSnapshots = defineQuery({
  name: 'compareSnapshots',
  summary: 'What changed between two frozen months, split into work, decay, scope and method.',
  permission: 'report:read',
  input: CompareSnapshots,
  http: { method: 'GET', path: '/snapshots/{id}/comparison' },
  async run(context, { id, with: other }): Promise<SnapshotComparison> {
    const [one, two] = [await requireGroupSnapshot(context, id), await requireGroupSnapshot(context, other)];
    const [from, to] = orderOf(one) <= orderOf(two) ? [one, two] : [two, one];
    const split = difference(from.content, to.content);
    return {
      from: headOf(from),
      to: headOf(to),
      total: toSignedPoints(split.total),
      causes: (['real', 'decay', 'scope', 'method'] as const).map((cause) => ({
        cause,
        points: toSignedPoints(split[cause]),
      })),
      layers: layersOf(from.content, to.content),
      entities: entitiesOf(from.content, to.content),
    };
  },
});

/** A group snapshot as it is stored. `text` are the very bytes the digest is over. */
export type StoredSnapshot = { id: string; month: string; digest: string; text: string; content: SnapshotContent };

/**
 * A group snapshot that this actor may read as a whole. Whoever is limited to some entities may not: the group's
 * months tell of all of them.
 */
export async function requireGroupSnapshot(context: QueryContext, id: string): Promise<StoredSnapshot> {
  const { rows } = await context.db.execute<Omit<StoredSnapshot, 'content'>>(sql`
    select s.id, to_char(s.month, 'YYYY-MM') as month, s.digest, s.content as text from snapshot s
    where s.org_id = ${context.organisationId} and s.id = ${id} and s.scope = 'group' and ${visible(context)}`);
  const row = rows[0];
  if (!row) throw notFound('snapshot');
  return { ...row, content: readContent(row.text) };
}

/** The content of the snapshot a content names as its previous. Null for the first month. */
export async function loadPrevious(
  db: Database,
  organisationId: string,
  { previous }: Pick<SnapshotContent, 'previous'>,
): Promise<SnapshotContent | null> {
  if (!previous) return null;
  const { rows } = await db.execute<{ content: string }>(
    sql`select content from snapshot where org_id = ${organisationId} and id = ${previous.id}`,
  );
  return rows[0] ? readContent(rows[0].content) : null;
}

/** Every frozen month of the group in the order they were made, without their content. */
export async function loadMonths(db: Database, organisationId: string): Promise<(FrozenMonth & { kind: string })[]> {
  const { rows } = await db.execute<FrozenMonth & { kind: string } & Record<string, unknown>>(sql`
    select id, to_char(month, 'YYYY-MM') as month, digest, proven, claimed, method, catalogue_version as "catalogueVersion", kind
    from snapshot where org_id = ${organisationId} and scope = 'group' and kind <> 'engagement' order by id`);
  return rows;
}

/** RFC 8785 text of anything JSON can carry; properties that are undefined are left out. */
export function canonicalise(value: unknown): string {
  return canonicalJson(value as JsonValue);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What of the snapshot table an actor may see: an auditor only what was frozen for the engagement. */
function visible({ actor, authority }: QueryContext): SQL {
  const whole = authority.entityIds === null ? sql`s.scope = 'group'` : sql`false`;
  const own = sql`(${whole} or (s.scope = 'entity' and ${entityScope(authority, sql`s.entity_id`)}))`;
  if (authority.role !== 'auditor') return sql`s.kind <> 'engagement' and ${own}`;
  const frozenFor = actor.kind === 'user' ? (actor.engagement?.snapshotId ?? null) : null;
  return sql`coalesce(s.group_id, s.id) = ${frozenFor}::uuid and ${own}`;
}

function readContent(text: string): SnapshotContent {
  const content = JSON.parse(text) as SnapshotContent;
  if (content.schema !== SNAPSHOT_SCHEMA) throw conflict('snapshot.otherForm');
  return content;
}

async function isChainedTo(
  { db, organisationId }: QueryContext,
  previous: SnapshotContent['previous'],
): Promise<boolean | null> {
  if (!previous) return null;
  const { rows } = await db.execute(sql`
    select 1 from snapshot where org_id = ${organisationId} and id = ${previous.id} and digest = ${previous.digest}`);
  return rows.length === 1;
}

/** By month, and within a month in the order they were made: ids grow with time. */
function orderOf({ month, id }: StoredSnapshot): string {
  return `${month} ${id}`;
}

function headOf({ id, month, content }: StoredSnapshot): SnapshotComparison['from'] {
  return { id, month, proven: toPoints(content.group.proven) };
}

function layersOf(from: SnapshotContent, to: SnapshotContent): SnapshotComparison['layers'] {
  const before = new Map(from.group.layers.map((layer) => [layer.id, layer.score]));
  return to.group.layers.map(({ id, score }) => {
    const was = before.get(id) ?? 0;
    return { id, from: toPoints(was), to: toPoints(score), change: toSignedPoints(score - was) };
  });
}

function entitiesOf(from: SnapshotContent, to: SnapshotContent): SnapshotComparison['entities'] {
  const before = new Map(from.entities.map((entity) => [entity.input.id, entity]));
  const after = new Map(to.entities.map((entity) => [entity.input.id, entity]));
  return [...new Map([...before, ...after])]
    .map(([id, { name }]) => {
      const [was, is] = [before.get(id)?.score.proven, after.get(id)?.score.proven];
      return {
        id,
        name,
        from: was === undefined ? null : toPoints(was),
        to: is === undefined ? null : toPoints(is),
        change: was === undefined || is === undefined ? null : toSignedPoints(is - was),
      };
    })
    .toSorted((a, b) => (a.change ?? 0) - (b.change ?? 0) || (a.name < b.name ? -1 : 1));
}

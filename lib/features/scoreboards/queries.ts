import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { localDate } from '@/lib/domain/deadline/instant';
import type { Moment } from '@/lib/domain/score/caps';
import type { BoardMember } from '@/lib/domain/scoreboard/cap-facts';
import {
  frozenScoreboard,
  type LiveScoreboard,
  liveScoreboard,
  type StoredScore,
} from '@/lib/domain/scoreboard/scoreboard';
import { SNAPSHOT_SCHEMA, type SnapshotContent } from '@/lib/domain/snapshot/content';
import { conflict, notFound } from '@/lib/kernel/errors';
import type { QueryContext } from '@/lib/kernel/operation';
import { boardRules, loadBoardMembers, loadStoredScores } from '../scores/queries';
import type { BoardView } from './schema';

/**
 * The scores as of a month, or as of now. An auditor gets what was frozen for the engagement, whatever they ask for.
 * The board covers the whole organisation: narrow it to the actor's entities with `within`.
 */
export async function viewBoard(context: QueryContext, month?: string): Promise<BoardView> {
  const { actor, authority } = context;
  if (authority.role === 'auditor' && actor.kind === 'user') {
    const frozenFor = actor.engagement?.snapshotId;
    if (!frozenFor) throw notFound('engagementSnapshot');
    return found(await frozenView(context, sql`id = ${frozenFor}`));
  }
  return month === undefined ? liveView(context) : viewMonth(context, month);
}

/** A frozen month, to look at or to compare with. */
export async function viewMonth(context: QueryContext, month: string): Promise<BoardView> {
  return found(await frozenView(context, sql`month = ${`${month}-01`}::date and kind <> 'engagement'`));
}

/** The last frozen month before a view, for trends; null when there is none. */
export async function viewBefore(context: QueryContext, { asOf }: BoardView): Promise<BoardView | null> {
  return frozenView(context, sql`month < ${`${asOf.slice(0, 7)}-01`}::date and kind <> 'engagement'`);
}

/** Everything here can be made again from the database: it is kept only to be fast, and for so many at most. */
const MOST_LIVE = 8;
const MOST_FROZEN = 6;

type Live = {
  /** The organisation's event counter when this was read. */
  revision: number;
  /** The counter at the last change that moved anything on the board. */
  changedAt: number;
  stored: ReadonlyMap<string, StoredScore>;
  members: BoardMember[];
  board: LiveScoreboard;
};

const liveOf = new Map<string, Live>();
const frozenOf = new Map<string, BoardView>();
const refreshing = new Map<string, Promise<Live>>();

async function liveView({ db, organisationId, actor, now }: QueryContext): Promise<BoardView> {
  const date = localDate(now.getTime(), actor.organisation.timeZone);
  const moment = { day: Date.parse(date) / 86_400_000, instant: now.getTime() };
  const known = liveOf.get(organisationId);
  const change = await changeSince(db, organisationId, known?.revision ?? null);
  const isCurrent = known && known.revision >= change.revision && known.board.day === moment.day;
  const current = isCurrent
    ? known
    : await oneAtATime(`${organisationId} ${change.revision} ${moment.day}`, () =>
        refresh(db, organisationId, change, known, moment),
      );
  keep(liveOf, organisationId, current, MOST_LIVE);
  return { board: current.board, asOf: date, key: `${organisationId} ${current.changedAt} ${date}`, month: null };
}

type Change = {
  revision: number;
  /** Entities whose scores may differ; null = all of them. */
  entityIds: string[] | null;
};

/** Object kinds whose events move no entity's score. */
const UNRELATED = ['person', 'session', 'token', 'comment', 'evidence-request', 'engagement', 'snapshot', 'report'];
/** Object kinds whose events name the entity they move. */
const OF_ONE_ENTITY = ['assessment', 'entity', 'unit'];

/**
 * What the event log says has changed since `revision`. An event of a kind not known here may mean anything, so it
 * counts as a change of everything: slower, never wrong.
 */
async function changeSince(db: Database, organisationId: string, revision: number | null): Promise<Change> {
  if (revision === null) {
    const { rows } = await db.execute<{ revision: number }>(
      sql`select revision from organisation where id = ${organisationId}`,
    );
    return { revision: rows[0]!.revision, entityIds: null };
  }
  const ofOneEntity = sql`object_kind = any(${sql.param(OF_ONE_ENTITY)}::text[])`;
  const { rows } = await db.execute<{ revision: number; isUnclear: boolean; entityIds: string[] }>(sql`
    with passed as (
      select e.object_kind, e.object_id, e.entity_id, e.detail from event e
      where e.org_id = ${organisationId} and e.position > ${revision} and e.verb <> 'record.read'
        and e.object_kind <> all(${sql.param(UNRELATED)}::text[])
    ), moved as (
      select entity_id from passed where ${ofOneEntity}
      union select a.entity_id from passed p
        join evidence_link l on l.org_id = ${organisationId} and l.evidence_id = p.object_id::uuid
        join assessment a on a.org_id = l.org_id and a.id = l.assessment_id where p.object_kind = 'evidence'
      union select a.entity_id from passed p
        join assessment a on a.org_id = ${organisationId} and a.id = (p.detail ->> 'assessment')::uuid where p.object_kind = 'evidence'
    )
    select o.revision,
      exists (select 1 from passed where object_kind <> 'evidence' and not (${ofOneEntity} and entity_id is not null)) as "isUnclear",
      (select coalesce(json_agg(entity_id) filter (where entity_id is not null), '[]') from moved) as "entityIds"
    from organisation o where o.id = ${organisationId}`);
  const { revision: current, isUnclear, entityIds } = rows[0]!;
  return { revision: current, entityIds: isUnclear ? null : entityIds };
}

/** The board after a change, reading and scoring only what it moved. */
async function refresh(
  db: Database,
  organisationId: string,
  { revision, entityIds }: Change,
  known: Live | undefined,
  now: Moment,
): Promise<Live> {
  const stored = await storedAfter(db, organisationId, entityIds, known?.stored);
  const members = known?.revision === revision ? known.members : await loadBoardMembers(db, organisationId);
  const board = liveScoreboard({ stored: stored.values(), members, now }, boardRules(), known?.board);
  const isMoved = !known || board.day !== known.board.day || !isSameList(board.entities, known.board.entities);
  return isMoved ? { revision, changedAt: revision, stored, members, board } : { ...known, revision, stored, members };
}

async function storedAfter(
  db: Database,
  organisationId: string,
  entityIds: string[] | null,
  known: ReadonlyMap<string, StoredScore> | undefined,
): Promise<ReadonlyMap<string, StoredScore>> {
  if (known && entityIds?.length === 0) return known;
  const isPart = known !== undefined && entityIds !== null;
  const rows = await loadStoredScores(db, organisationId, isPart ? { entityIds } : {});
  const stored = new Map(isPart ? known : []);
  if (isPart) for (const id of entityIds) stored.delete(id);
  for (const row of rows) stored.set(row.id, row);
  return stored;
}

/** Requests that miss the same change together wait for one of them to read it. */
async function oneAtATime(key: string, work: () => Promise<Live>): Promise<Live> {
  const running = refreshing.get(key);
  if (running) return running.catch(work);
  const started = work().finally(() => refreshing.delete(key));
  refreshing.set(key, started);
  return started;
}

/** The newest group snapshot that meets a condition; its content is read only when it is not at hand. */
async function frozenView({ db, organisationId }: QueryContext, condition: SQL): Promise<BoardView | null> {
  const { rows } = await db.execute<{ id: string; month: string }>(sql`
    select id, to_char(month, 'YYYY-MM') as month from snapshot
    where org_id = ${organisationId} and scope = 'group' and ${condition} order by month desc, created_at desc limit 1`);
  const row = rows[0];
  if (!row) return null;
  const key = `${organisationId} ${row.id}`;
  const view = frozenOf.get(key) ?? {
    board: frozenScoreboard(await readContent(db, organisationId, row.id)),
    asOf: row.month,
    key,
    month: row.month,
  };
  keep(frozenOf, key, view, MOST_FROZEN);
  return view;
}

async function readContent(db: Database, organisationId: string, id: string): Promise<SnapshotContent> {
  const { rows } = await db.execute<{ content: string }>(
    sql`select content from snapshot where org_id = ${organisationId} and id = ${id}`,
  );
  const content = JSON.parse(rows[0]!.content) as SnapshotContent;
  if (content.schema !== SNAPSHOT_SCHEMA) throw conflict('snapshot.otherForm');
  return content;
}

function found(view: BoardView | null): BoardView {
  if (!view) throw notFound('monthSnapshot');
  return view;
}

/** Keeps the entry as the newest and forgets the oldest beyond `most`. */
function keep<T>(entries: Map<string, T>, key: string, value: T, most: number): void {
  entries.delete(key);
  entries.set(key, value);
  for (const oldest of entries.keys()) {
    if (entries.size <= most) break;
    entries.delete(oldest);
  }
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

import { openCaps, type Moment } from '../score/caps';
import { evaluateEntity, type EntityEvaluation } from '../score/entity';
import { entityInput, type StoredEntity } from '../score/entity-input';
import type { EntityInput, OpenCap } from '../score/input';
import type { MethodR1 } from '../score/method';
import type { SnapshotContent } from '../snapshot/content';
import { capFactsOf, type BoardMember, type DutyRules, type StoredDuties } from './cap-facts';

/** An entity with its score. */
export interface ScoredEntity {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly sector: string | null;
  readonly classification: string;
  readonly evaluation: EntityEvaluation;
}

/** All entities of an organisation scored on one day, by name. */
export interface Scoreboard {
  readonly method: MethodR1;
  readonly day: number;
  readonly entities: readonly ScoredEntity[];
}

/** An entity as one row of the database gives it. */
export interface StoredScore extends StoredEntity, StoredDuties {
  readonly name: string;
  readonly country: string;
  readonly sector: string | null;
}

export interface BoardRules extends DutyRules {
  readonly method: MethodR1;
}

/** A scoreboard that remembers what it was made from, so that the next one has to look only at what changed. */
export interface LiveScoreboard extends Scoreboard {
  readonly live: ReadonlyMap<string, LiveEntity>;
}

interface LiveEntity {
  readonly stored: StoredScore;
  /** Without caps. */
  readonly input: EntityInput;
  readonly applicable: ReadonlySet<string>;
  readonly scored: ScoredEntity;
}

/** What a scoreboard is made from. */
export interface ScoreboardSource {
  /** Every entity of the organisation as it is now. Rows that are the very objects of before are not scored again. */
  readonly stored: Iterable<StoredScore>;
  readonly members: readonly BoardMember[];
  readonly now: Moment;
}

/**
 * Scores an organisation. An entity whose row, caps and day are those of `previous` keeps its evaluation: after a
 * change only what it touched is scored anew. The result does not depend on `previous`.
 */
export function liveScoreboard(
  { stored, members, now }: ScoreboardSource,
  rules: BoardRules,
  previous: LiveScoreboard | null = null,
): LiveScoreboard {
  const live = new Map<string, LiveEntity>();
  for (const row of stored) live.set(row.id, liveEntity(row, members, now, rules, previous?.live.get(row.id)));
  const entities = [...live.values()].map((entity) => entity.scored).toSorted(byName);
  return { method: rules.method, day: now.day, entities, live };
}

/** The scoreboard of a frozen month, computed anew from the snapshot's own inputs under its own method. */
export function frozenScoreboard({ entities, day, method }: SnapshotContent): Scoreboard {
  const scored = entities.map(({ input, name, country, sector, classification }) => ({
    id: input.id,
    name,
    country,
    sector,
    classification,
    evaluation: evaluateEntity(input, day, method),
  }));
  return { method, day, entities: scored.toSorted(byName) };
}

/** The part of a scoreboard that somebody limited to entities may see; `null` = all. */
export function within(board: Scoreboard, entityIds: readonly string[] | null): Scoreboard {
  if (entityIds === null) return board;
  return { ...board, entities: board.entities.filter((entity) => entityIds.includes(entity.id)) };
}

function liveEntity(
  stored: StoredScore,
  members: readonly BoardMember[],
  now: Moment,
  rules: BoardRules,
  before: LiveEntity | undefined,
): LiveEntity {
  const isSameRow = before?.stored === stored;
  const input = isSameRow ? before.input : entityInput(stored, rules);
  const applicable = isSameRow ? before.applicable : new Set(input.controls.map((control) => control.id));
  const caps = openCaps(capFactsOf(stored, applicable, members, rules), now, rules.method);
  if (isSameRow && before.scored.evaluation.day === now.day && isSame(before.scored.evaluation.input.caps, caps))
    return before;
  const { id, name, country, sector, classification } = stored;
  const evaluation = evaluateEntity({ ...input, caps }, now.day, rules.method);
  return { stored, input, applicable, scored: { id, name, country, sector, classification, evaluation } };
}

function isSame(before: readonly OpenCap[], after: readonly OpenCap[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function byName(a: ScoredEntity, b: ScoredEntity): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;
}

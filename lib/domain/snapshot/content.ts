import type { GroupScore } from '../score/group';
import type { EntityInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import type { EntityScore } from '../score/result';
import type { ReportFacts } from './facts';

/** The shape of {@link SnapshotContent}. A new shape gets a new name; old snapshots are read for ever. */
export const SNAPSHOT_SCHEMA = 'heptad.snapshot/1';

/**
 * One frozen month of an organisation: every input and every output of the score, and the facts the monthly report
 * tells. Plain JSON; lists are in a fixed order, so that the same facts always give the same bytes.
 *
 * Scores and shares are basis points (0–10000). Instants are ISO 8601 with an offset, days `YYYY-MM-DD`, months
 * `YYYY-MM`; `day` and the days inside the inputs are whole days since 1970-01-01 in `zone`.
 */
export interface SnapshotContent {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  readonly organisation: { readonly id: string; readonly name: string; readonly isDemonstration: boolean };
  readonly month: string;
  readonly asOf: string;
  readonly zone: string;
  readonly day: number;
  /** The method with its constants, so that recomputing needs nothing but this content. */
  readonly method: MethodR1;
  readonly catalogue: FrozenCatalogue;
  /** The snapshot before this one. Its digest chains the months: none can be exchanged unseen. */
  readonly previous: { readonly id: string; readonly month: string; readonly digest: string } | null;
  /** The snapshot of the same month that this one corrects. */
  readonly restates: { readonly id: string; readonly digest: string } | null;
  readonly entities: readonly FrozenEntity[];
  readonly group: GroupScore;
  /** Every piece of accepted evidence the inputs name. A link or a form without a file has no hash. */
  readonly evidence: readonly FrozenEvidence[];
  readonly facts: ReportFacts;
}

export interface FrozenCatalogue {
  readonly version: string;
  readonly controls: readonly FrozenControl[];
}

/** What the catalogue, or the organisation for its own controls, says of a control. */
export interface FrozenControl {
  readonly id: string;
  readonly title: string;
  readonly layer: string;
  readonly weight: number;
  readonly key: boolean;
}

export interface EntityFacts {
  readonly name: string;
  readonly country: string;
  readonly sector: string | null;
  readonly classification: string;
}

export interface FrozenEntity extends EntityFacts {
  /** What went into the method … */
  readonly input: EntityInput;
  /** … and what came out: v of every control, S of every layer, R, caps. */
  readonly score: EntityScore;
}

export interface FrozenEvidence {
  readonly id: string;
  readonly sha256: string | null;
}

export const ENTITY_SCHEMA = 'heptad.entity-snapshot/1';

/** The frozen month of one entity, for those who may not read the whole group. */
export interface EntitySnapshotContent {
  readonly schema: typeof ENTITY_SCHEMA;
  /** The snapshot of the group it was frozen with; it holds the inputs. */
  readonly group: { readonly id: string; readonly digest: string };
  readonly month: string;
  readonly asOf: string;
  readonly zone: string;
  readonly catalogueVersion: string;
  readonly entity: Omit<FrozenEntity, 'input'>;
}

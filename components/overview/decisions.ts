import type { ReadinessAnswer, Waiting } from './overview-types';

/** Something only the reader (or their board) can decide. */
export interface Decision {
  /** Key of its words in `overview.decisions`. */
  kind: 'cap' | 'releases' | 'exclusions' | 'roles' | 'reviews';
  id: string;
  /** How many such things wait; entities for a cap. */
  count: number;
  /** Names the entities of a cap. */
  names: readonly string[];
  href: string;
}

const MOST = 5;

/** Where each kind of waiting thing is decided. */
const WAITING = [
  { kind: 'releases', href: '/reports' },
  { kind: 'exclusions', href: '/tasks' },
  { kind: 'roles', href: '/settings' },
  { kind: 'reviews', href: '/evidence/review' },
] as const;

/** At most five decisions: what holds the whole score down first, then what waits for this person's word. */
export function decisionsFor(caps: ReadinessAnswer['caps'], waiting: Waiting | null): Decision[] {
  const open = caps.map((cap) => ({
    kind: 'cap' as const,
    id: cap.id,
    count: cap.entities.length,
    names: cap.entities.map(({ name }) => name),
    href: `/readiness${cap.entities.length === 1 ? `?entity=${cap.entities[0]?.id}` : ''}`,
  }));
  const asked = WAITING.filter(({ kind }) => (waiting?.[kind] ?? 0) > 0).map(({ kind, href }) => ({
    kind,
    id: kind,
    count: waiting?.[kind] ?? 0,
    names: [],
    href,
  }));
  return [...open, ...asked].slice(0, MOST);
}

import { CONFLICTING_DUTIES, INDEPENDENT_ROLES, type ConflictKind } from './conflicts';

export type RaciLetter = 'A' | 'R' | 'C' | 'I';

/** One person's letter on one control of one entity. */
export interface RaciAssignment {
  readonly controlId: string;
  readonly personId: string;
  readonly letter: RaciLetter;
}

/** What the rules need to know about a control. */
export interface RaciControl {
  readonly id: string;
  readonly key: boolean;
  /** The role the catalogue makes accountable (controls.json, `raci.accountable`). */
  readonly defaultAccountable: string;
}

export interface RaciPerson {
  readonly id: string;
  /** Catalogue roles (roles.json), such as `ciso` or `internal_audit`. */
  readonly roles: readonly string[];
  /** `false` once the membership has ended. */
  readonly active: boolean;
}

/** The RACI of one entity: its applicable controls and who does what. */
export interface RaciMatrix {
  readonly controls: readonly RaciControl[];
  readonly people: readonly RaciPerson[];
  readonly assignments: readonly RaciAssignment[];
}

export type RaciFindingKind =
  | 'no-accountable'
  | 'several-accountable'
  | 'no-responsible'
  | 'left-person'
  | 'sole-doer'
  | 'conflicting-duties'
  | 'lost-independence'
  | 'concentrated';

/** A gap or a conflict. The interface words it from `raci.findings.<kind>` and the ids. */
export interface RaciFinding {
  readonly kind: RaciFindingKind;
  /** gap: the matrix is incomplete · serious: on a key control or against independence · attention: worth a look. */
  readonly severity: 'gap' | 'serious' | 'attention';
  readonly controlIds: readonly string[];
  readonly personIds: readonly string[];
  /** For conflicting duties: what is not kept apart. */
  readonly conflict?: ConflictKind;
  /** For lost independence: the role that must stay out. */
  readonly role?: string;
}

/** A person accountable for more key controls than this, and for a third of them, is named. */
const KEY_CONTROLS_PER_PERSON = 8;
const KEY_SHARE_PER_PERSON = 1 / 3;

/** The people of one control by letter. */
interface Cast {
  readonly control: RaciControl;
  readonly accountable: readonly string[];
  readonly responsible: readonly string[];
}

/** Gaps and segregation-of-duties conflicts of an entity's RACI, in the order of its controls, then overall ones. */
export function raciFindings(matrix: RaciMatrix): RaciFinding[] {
  const people = new Map(matrix.people.map((person) => [person.id, person]));
  const casts = castsOf(matrix);
  return [
    ...casts.flatMap((cast) => [...gapsOf(cast), ...soleDoer(cast), ...leftPeople(cast, people)]),
    ...casts.flatMap((cast) => lostIndependence(cast, people)),
    ...conflictingDuties(casts),
    ...concentrated(casts),
  ];
}

function castsOf({ controls, assignments }: RaciMatrix): Cast[] {
  const casts = new Map(
    controls.map((control) => [control.id, { control, A: new Set<string>(), R: new Set<string>() }]),
  );
  for (const { controlId, personId, letter } of assignments) {
    if (letter === 'A' || letter === 'R') casts.get(controlId)?.[letter].add(personId);
  }
  return [...casts.values()].map(({ control, A, R }) => ({ control, accountable: [...A], responsible: [...R] }));
}

function gapsOf({ control, accountable, responsible }: Cast): RaciFinding[] {
  const gap = (kind: RaciFindingKind, personIds: readonly string[] = []): RaciFinding => ({
    kind,
    severity: 'gap',
    controlIds: [control.id],
    personIds,
  });
  const findings: RaciFinding[] = [];
  if (accountable.length === 0) findings.push(gap('no-accountable'));
  if (accountable.length > 1) findings.push(gap('several-accountable', accountable));
  if (responsible.length === 0) findings.push(gap('no-responsible'));
  return findings;
}

/** Whoever answers for a control and is the only one doing it has nobody to be checked by. */
function soleDoer({ control, accountable, responsible }: Cast): RaciFinding[] {
  const [only, ...others] = responsible;
  if (only === undefined || others.length > 0 || !accountable.includes(only)) return [];
  const severity = control.key ? 'serious' : 'attention';
  return [{ kind: 'sole-doer', severity, controlIds: [control.id], personIds: [only] }];
}

function leftPeople(
  { control, accountable, responsible }: Cast,
  people: ReadonlyMap<string, RaciPerson>,
): RaciFinding[] {
  const left = [...new Set([...accountable, ...responsible])].filter((id) => people.get(id)?.active !== true);
  return left.map((id) => ({ kind: 'left-person', severity: 'gap', controlIds: [control.id], personIds: [id] }));
}

/** Roles that must stay independent hold no forbidden letter, save on controls the catalogue gives to them. */
function lostIndependence(
  { control, accountable, responsible }: Cast,
  people: ReadonlyMap<string, RaciPerson>,
): RaciFinding[] {
  return INDEPENDENT_ROLES.filter((rule) => rule.role !== control.defaultAccountable).flatMap((rule) => {
    const holders = [
      ...(rule.letters.includes('A') ? accountable : []),
      ...(rule.letters.includes('R') ? responsible : []),
    ];
    return [...new Set(holders)]
      .filter((id) => people.get(id)?.roles.includes(rule.role))
      .map((id) => ({
        kind: 'lost-independence' as const,
        severity: 'serious' as const,
        controlIds: [control.id],
        personIds: [id],
        role: rule.role,
      }));
  });
}

/** One person accountable for two duties that must be kept apart (GOV-07). */
function conflictingDuties(casts: readonly Cast[]): RaciFinding[] {
  const accountableOf = new Map(casts.map((cast) => [cast.control.id, cast.accountable]));
  return CONFLICTING_DUTIES.flatMap(({ kind, controls: [one, other] }) => {
    const second = accountableOf.get(other) ?? [];
    return (accountableOf.get(one) ?? [])
      .filter((person) => second.includes(person))
      .map((person) => ({
        kind: 'conflicting-duties' as const,
        severity: 'serious' as const,
        controlIds: [one, other],
        personIds: [person],
        conflict: kind,
      }));
  });
}

/** Too much rests on one person: most key controls have the same name on them. */
function concentrated(casts: readonly Cast[]): RaciFinding[] {
  const keys = casts.filter((cast) => cast.control.key);
  const byPerson = new Map<string, string[]>();
  for (const { control, accountable } of keys) {
    for (const person of accountable) byPerson.set(person, [...(byPerson.get(person) ?? []), control.id]);
  }
  return [...byPerson]
    .filter(([, ids]) => ids.length > KEY_CONTROLS_PER_PERSON && ids.length > keys.length * KEY_SHARE_PER_PERSON)
    .map(([person, ids]) => ({ kind: 'concentrated', severity: 'attention', controlIds: ids, personIds: [person] }));
}

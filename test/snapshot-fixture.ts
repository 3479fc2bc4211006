import controlsJson from '@/db/catalogue/controls.json';
import evidenceTypesJson from '@/db/catalogue/evidence-types.json';
import scoringJson from '@/db/catalogue/scoring.json';
import { dayFromCivil } from '@/lib/domain/score/calendar';
import type { ControlInput, EntityInput, EvidenceInput, Mark } from '@/lib/domain/score/input';
import { methodFromCatalogue, STRENGTHS } from '@/lib/domain/score/method';
import type { FrozenControl } from '@/lib/domain/snapshot/content';
import type { ReportFacts } from '@/lib/domain/snapshot/facts';
import type { FreezeInput } from '@/lib/domain/snapshot/freeze';

/**
 * Made-up months of a made-up group for tests and benches, the same for the same options: real catalogue, plausible
 * marks, evidence that ages from month to month.
 */
export interface FixtureOptions {
  readonly entities: number;
  /** `YYYY-MM`, frozen on its last day. */
  readonly month?: string;
  /** Entity names of 60 characters, owners and titles to match. */
  readonly hasLongNames?: boolean;
  readonly evidencePerControl?: number;
}

export const METHOD = methodFromCatalogue(scoringJson, evidenceTypesJson);

export const CATALOGUE_CONTROLS: readonly FrozenControl[] = controlsJson.controls.map((control) => ({
  id: control.id,
  title: control.title,
  layer: control.layer,
  weight: control.weight,
  key: control.key_control,
}));

const COUNTRIES = ['DE', 'AT', 'NL', 'PL', 'CZ'];
const SECTORS = ['energy', 'health', 'transport', 'digital-infrastructure', 'drinking-water', 'manufacturing'];
const NAMES = [
  'Nordwind Energie GmbH',
  'Nordwind Netz AG',
  'Elbtal Klinikum',
  'Hafenlogistik Bremen',
  'Aquapur Wasserwerke',
  'Rhein Cloud BV',
  'Tatra Transport a.s.',
  'Wisła Zdrowie Sp. z o.o.',
  'Alpen Bahn AG',
  'Präzisionswerk Chemnitz',
];
const OWNERS = ['Miriam Vogt', 'Jan de Wit', 'Katarzyna Nowak', 'Ole Petersen', 'Dr. Annegret Schultheiß-Brückner'];

export function freezeInput(options: FixtureOptions): FreezeInput {
  const month = options.month ?? '2026-10';
  const random = generator(7);
  const year = Number(month.slice(0, 4));
  const monthNumber = Number(month.slice(5, 7));
  const day = (monthNumber === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, monthNumber + 1, 1)) - 1;
  const lastDay = new Date(day * 86_400_000).toISOString().slice(0, 10);
  const entities = Array.from({ length: options.entities }, (_, index) => entityOf(index, day, options, random));
  return {
    organisation: { id: uuid(1, 1), name: 'Nordwind Holding SE', isDemonstration: true },
    month,
    asOf: `${lastDay}T23:59:59+01:00`,
    zone: 'Europe/Berlin',
    day,
    method: METHOD,
    catalogue: { version: '0.1.0', controls: CATALOGUE_CONTROLS },
    previous: null,
    restates: null,
    entities,
    evidence: entities.flatMap(({ input }) =>
      input.controls.flatMap((control) =>
        control.evidence.map((item) => ({ id: item.id ?? '', sha256: (item.id ?? '').replaceAll('-', '').repeat(2) })),
      ),
    ),
    facts: factsOf(entities, lastDay, options, random),
  };
}

type FixtureEntity = FreezeInput['entities'][number];

function entityOf(index: number, day: number, options: FixtureOptions, random: () => number): FixtureEntity {
  const skill = 0.35 + 0.6 * random();
  const name = `${NAMES[index % NAMES.length]}${index < NAMES.length ? '' : ` ${Math.floor(index / NAMES.length) + 1}`}`;
  const input: EntityInput = {
    id: uuid(2, index),
    criticality: 1 + Math.floor(random() * 3),
    controls: CATALOGUE_CONTROLS.map((control, position) =>
      controlOf(control, index * 1000 + position, skill, day, options, random),
    ),
    caps:
      index % 9 === 4
        ? [{ id: 'cap-board-approval', cap: 4_900, reason: { key: 'score.caps.boardApproval.never', params: {} } }]
        : [],
  };
  return {
    name: options.hasLongNames ? `${name} – Gesellschaft für Versorgungssicherheit im Verbund mbH`.slice(0, 60) : name,
    country: COUNTRIES[index % COUNTRIES.length]!,
    sector: SECTORS[index % SECTORS.length]!,
    classification: index % 3 === 0 ? 'important' : 'essential',
    input,
  };
}

function controlOf(
  { id, layer, weight, key }: FrozenControl,
  serial: number,
  skill: number,
  day: number,
  { evidencePerControl = 1 }: FixtureOptions,
  random: () => number,
): ControlInput {
  const mark = (): Mark | null =>
    random() < 0.06 ? null : (Math.min(5, Math.round(skill * 5 * (0.6 + random()))) as Mark);
  const evidence = Array.from({ length: evidencePerControl }, (_, index): EvidenceInput => ({
    id: uuid(3, serial * 10 + index),
    strength: STRENGTHS[Math.floor(random() * STRENGTHS.length)]!,
    collectedDay: day - Math.floor(random() * 420),
    validityDays: random() < 0.4 ? 180 : 365,
  }));
  const isExcluded = !key && random() < 0.03;
  return {
    id,
    layer,
    weight,
    key,
    documentation: mark(),
    implementation: mark(),
    target: weight === 3 ? 4 : 3,
    evidence: random() < skill ? evidence : [],
    notApplicable: isExcluded ? { approved: true, untilDay: day + 200 } : null,
  };
}

function factsOf(
  entities: readonly FixtureEntity[],
  lastDay: string,
  { hasLongNames = false }: FixtureOptions,
  random: () => number,
): FreezeInput['facts'] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const entityId = () => pick(entities).input.id;
  const capped = entities.filter(({ input }) => input.caps.length > 0).map(({ input }) => input.id);
  const stretch = (text: string) =>
    hasLongNames ? `${text} einschließlich aller Nachweise der Versorgungseinheiten` : text;
  return {
    decisions: [
      ...(capped.length > 0
        ? [
            {
              record: { kind: 'control' as const, id: 'GOV-01' },
              subject: { kind: 'cap' as const, cap: 'cap-board-approval', capBp: 4_900, entities: capped },
              owner: 'Miriam Vogt',
              dueOn: '2026-11-20',
            },
          ]
        : []),
      {
        record: { kind: 'control', id: 'SUP-03' },
        subject: { kind: 'control', control: 'SUP-03', gainBp: 214 },
        owner: null,
        dueOn: null,
      },
      {
        record: { kind: 'decision', id: uuid(4, 3) },
        subject: {
          kind: 'recorded',
          title: stretch('Second site for the control room'),
          reason: stretch('The restore test took 31 hours; the plan promises eight.'),
          options: [
            { label: 'Rent a second site', cost: '€ 240,000 a year' },
            { label: 'Extend the promise to 36 hours', cost: null },
          ],
        },
        owner: 'Ole Petersen',
        dueOn: '2026-12-01',
      },
    ],
    overdue: Array.from({ length: 14 }, (_, index) => ({
      kind: 'assessment' as const,
      id: uuid(5, index),
      entity: entityId(),
      control: pick(CATALOGUE_CONTROLS).id,
      unit: index % 4 === 0 ? stretch('Load forecast') : null,
      owner: index % 6 === 0 ? null : pick(OWNERS),
      dueOn: `2026-0${1 + (index % 9)}-15`,
    })),
    gaps: [
      { kind: 'no-accountable', count: 7 },
      { kind: 'duties-conflict', count: 2 },
    ],
    renewals: Array.from({ length: 9 }, (_, index) => ({
      id: uuid(6, index),
      title: stretch('Minutes of the management body, approval of the measures'),
      owner: index % 4 === 0 ? null : pick(OWNERS),
      validUntil: `2026-${index < 3 ? '10' : '12'}-${10 + index}`,
      controls: 1 + index,
    })),
    notApplicable: entities.slice(0, 3).map(({ input }, index) => ({
      assessment: uuid(7, index),
      entity: input.id,
      control: 'LIF-20',
      reason: stretch('No agents are run in this entity.'),
      until: '2027-03-31',
    })),
    aiSystems: Array.from({ length: 8 }, (_, index) => ({
      id: uuid(8, index),
      name: stretch(['Load forecast', 'Triage assistant', 'Berth planner', 'Leak detection'][index % 4]!),
      entity: entityId(),
      riskClass: [null, 'high', 'limited', 'minimal'][index % 4]!,
      criticality: 1 + (index % 3),
      expiresOn:
        index % 5 === 0 ? null : index % 5 === 1 ? '2026-08-31' : index % 5 === 2 ? '2026-12-31' : '2027-09-30',
    })),
    suppliers: Array.from({ length: 11 }, (_, index) => ({
      id: uuid(9, index),
      name: stretch(['Rhein Cloud BV', 'Modellwerk AG', 'SignalPro Ltd', 'Datenhafen eG'][index % 4]!),
      entity: entityId(),
      criticality: 1 + (index % 3),
      isCritical: index % 3 === 2,
      isAssessed: index % 4 !== 0,
    })),
    history: historyUpTo(lastDay),
  };
}

function historyUpTo(lastDay: string): ReportFacts['history'] {
  const last = Number(lastDay.slice(0, 4)) * 12 + Number(lastDay.slice(5, 7)) - 1;
  return Array.from({ length: 11 }, (_, index) => {
    const month = last - 11 + index;
    return {
      id: uuid(10, index),
      month: `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
      digest: '0'.repeat(64),
      proven: 2_100 + index * 60 + (index % 3) * 130,
      claimed: 4_300 + index * 90,
      method: 'R1',
      catalogueVersion: index < 5 ? '0.0.9' : '0.1.0',
    };
  }).filter((_, index) => index !== 3);
}

/** A valid UUIDv7 that says which list and position it belongs to. */
function uuid(list: number, position: number): string {
  return `01926b3c-${String(list).padStart(4, '0')}-7000-8000-${position.toString(16).padStart(12, '0')}`;
}

/** Park and Miller's minimal standard generator: enough for plausible marks, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

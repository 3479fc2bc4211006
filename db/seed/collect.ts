import { createHash } from 'node:crypto';
import { catalogue } from '@/db/catalogue';
import type { evidence } from '@/db/schema/evidence';
import { receiveFile } from '@/lib/adapters/intake/receive';
import { newId } from '@/lib/kernel/ids';
import { type MadeFile, makeChart, makeCsv, makePdf } from './files';
import { boardMinutes, trainingProof } from './forms';
import type { SeedProof } from './plan-types';
import { randomFrom } from './random';
import { dayText, monthsBefore, type SeededEntity, type SeededUnit, type Setting } from './setting';

type Row = typeof evidence.$inferInsert;

/** One piece of evidence as it will be brought, with everything decided but its bytes. */
export type CollectedProof = {
  id: string;
  title: string;
  type: string;
  kind: Row['kind'];
  strength: Row['strength'];
  collectedAt: Date;
  periodFrom: string | null;
  periodTo: string | null;
  source: string;
  url: string | null;
  form: Record<string, unknown> | null;
  by: string;
  uploadedAt: Date;
  reviewedBy: string;
  reviewedAt: Date;
  reviewComment: string | null;
  revises: string | null;
  assessments: string[];
  store: () => Promise<Partial<Row>>;
};

type Target = { entity: SeededEntity | null; unit: SeededUnit | null; name: string; strength: number };

const DAY_MS = 86_400_000;
/** The management body's own duties are met for the whole group; missing ones would hide every other story. */
const ALWAYS_REACHED = new Set(['GOV-01', 'CUL-01']);
const COMMENTS = [
  'Complete and dated.',
  'Scope and date checked.',
  'Matches the control; next one due on time please.',
  null,
  null,
  null,
];

/** Every proof of the year in the order it was collected; later ones revise earlier ones of the same series. */
export function collectProofs(setting: Setting): CollectedProof[] {
  return setting.plan.proofs
    .filter((proof) => setting.people.has(proof.by) || setting.people.has('owner'))
    .flatMap((proof) => targetsOf(setting, proof).flatMap((target) => series(setting, proof, target)))
    .toSorted((a, b) => a.collectedAt.getTime() - b.collectedAt.getTime());
}

function targetsOf({ entities, units }: Setting, proof: SeedProof): Target[] {
  const reached = entities.filter(({ key }) => !proof.entities || proof.entities.includes(key));
  if (proof.per === 'group') return [{ entity: null, unit: null, name: '', strength: 0.85 }];
  if (proof.per === 'entity')
    return reached.map((entity) => ({ entity, unit: null, name: entity.name, strength: entity.strength }));
  return units
    .filter(({ kind }) => kind === proof.unitKind)
    .map((unit) => ({
      entity: entities.find(({ id }) => id === unit.entityId)!,
      unit,
      name: unit.name,
      strength: unit.strength,
    }));
}

function series(setting: Setting, proof: SeedProof, target: Target): CollectedProof[] {
  const random = randomFrom(`series ${proof.title} ${target.name}`);
  // Weak entities never got round to some of it; that is what the gaps are.
  const isStatutory = proof.type === 'registration_confirmation';
  if (proof.per !== 'group' && !isStatutory && random.chance((1 - target.strength) * 0.34)) return [];
  const assessments = assessmentsOf(setting, proof, target);
  if (assessments.length === 0) return [];
  const made: CollectedProof[] = [];
  let monthsAgo = proof.fromMonthsAgo;
  while (monthsAgo >= 0) {
    const collectedAt = new Date(monthsBefore(setting.now, monthsAgo).getTime() - random.between(1, 20) * DAY_MS);
    if (collectedAt.getTime() < setting.now.getTime() - 5 * DAY_MS)
      made.push(single(setting, proof, target, assessments, collectedAt, made.at(-1)?.id ?? null));
    const isLate = random.chance((1 - target.strength) * 0.55);
    monthsAgo -= proof.everyMonths + (isLate ? random.between(1, 2) : 0);
  }
  return made;
}

function assessmentsOf({ assessments }: Setting, proof: SeedProof, target: Target): string[] {
  return assessments
    .filter(({ controlId }) => proof.controls.includes(controlId))
    .filter(({ entity, unit }) => {
      if (proof.per === 'unit') return unit?.id === target.unit?.id;
      if (unit !== null) return false;
      return target.entity ? entity.id === target.entity.id : true;
    })
    .filter(
      ({ entity, controlId }) =>
        proof.per !== 'group' ||
        ALWAYS_REACHED.has(controlId) ||
        !randomFrom(`reach ${proof.title} ${entity.key} ${controlId}`).chance((1 - entity.strength) * 0.22),
    )
    .map(({ id }) => id);
}

function single(
  setting: Setting,
  proof: SeedProof,
  target: Target,
  assessments: string[],
  collectedAt: Date,
  revises: string | null,
): CollectedProof {
  const id = newId();
  const random = randomFrom(`single ${proof.title} ${target.name} ${dayText(collectedAt)}`);
  const by = setting.people.get(proof.by) ?? setting.people.get('owner')!;
  const reviewer =
    by === setting.people.get('compliance') ? setting.people.get('ciso')! : setting.people.get('compliance')!;
  const uploadedAt = new Date(
    Math.min(collectedAt.getTime() + random.between(6, 60) * 3_600_000, setting.now.getTime() - 2 * DAY_MS),
  );
  const reviewedAt = new Date(uploadedAt.getTime() + random.between(4, 40) * 3_600_000);
  const month = collectedAt.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const title = `${proof.title}${target.name ? `, ${target.name}` : ''} (${month})`.slice(0, 200);
  const isForm = proof.as === 'minutes' || proof.as === 'training';
  return {
    id,
    title,
    type: proof.type,
    kind: isForm ? 'form' : proof.as === 'link' ? 'link' : 'file',
    strength: catalogue().evidenceTypeById.get(proof.type)!.strength,
    collectedAt,
    periodFrom:
      proof.everyMonths <= 6 ? dayText(new Date(collectedAt.getTime() - proof.everyMonths * 30 * DAY_MS)) : null,
    periodTo: proof.everyMonths <= 6 ? dayText(collectedAt) : null,
    source: proof.source,
    url: proof.as === 'link' ? 'https://intranet.example/records' : null,
    form: isForm
      ? proof.as === 'minutes'
        ? boardMinutes(setting, proof, collectedAt)
        : trainingProof(setting, proof, collectedAt)
      : null,
    by,
    uploadedAt,
    reviewedBy: reviewer,
    reviewedAt: new Date(Math.min(reviewedAt.getTime(), setting.now.getTime() - DAY_MS)),
    reviewComment: random.pick(COMMENTS),
    revises,
    assessments,
    store: () =>
      isForm || proof.as === 'link'
        ? Promise.resolve({})
        : storeFile(setting.id, fileFor(proof, target, title, collectedAt, random.next)),
  };
}

async function storeFile(organisationId: string, file: MadeFile): Promise<Partial<Row>> {
  async function* bytes() {
    yield file.bytes;
  }
  const received = await receiveFile(bytes(), {
    storageKey: `evidence/${organisationId}/${newId()}`,
    fileName: file.name,
    limitBytes: 10_000_000,
  });
  const { storageKey, fileName, mediaType, size: sizeBytes, sha256 } = received;
  return { storageKey, fileName, mediaType, sizeBytes, sha256 };
}

function fileFor(proof: SeedProof, target: Target, title: string, collectedAt: Date, next: () => number): MadeFile {
  const slug = `${proof.title} ${target.name} ${dayText(collectedAt)}`
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 110);
  if (proof.as === 'png')
    return makeChart(
      `${slug}.png`,
      Array.from({ length: 12 }, (_, month) => 0.35 + month * 0.04 + next() * 0.2),
    );
  if (proof.as === 'csv') {
    const rows = Array.from({ length: 24 }, (_, index) => [
      `item-${String(index + 1).padStart(3, '0')}`,
      next() < 0.93 ? 'in order' : 'open',
      dayText(new Date(collectedAt.getTime() - Math.floor(next() * 60) * DAY_MS)),
    ]);
    return makeCsv(`${slug}.csv`, ['item', 'state', 'checked on'], rows);
  }
  const controls = proof.controls.map((id) => `${id}  ${catalogue().controlById.get(id)?.title ?? ''}`);
  return makePdf(`${slug}.pdf`, title, [
    `Issued ${dayText(collectedAt)}. Source: ${proof.source}.`,
    target.name ? `Scope: ${target.name}.` : 'Scope: all entities of the group.',
    '',
    'This document belongs to the demonstration of Heptad. It is a real file with made-up content.',
    '',
    'It is brought as proof for:',
    ...controls,
    '',
    `Reference ${createHash('sha256').update(title).digest('hex').slice(0, 12)}`,
  ]);
}

import { randomFrom } from './random';
import type { SeededAssessment } from './setting';

export type Marks = { documentation: number | null; implementation: number | null };

/** Marks are looked at again every third month; null when nothing is reassessed in this one. */
export function markAt(one: SeededAssessment, monthsAgo: number, firstMonth: number): Marks | null {
  const name = `${one.entity.key} ${one.controlId} ${one.unit?.name ?? ''}`;
  const random = randomFrom(`marks ${name}`);
  const phase = random.between(0, 2);
  const shift = (random.next() - 0.5) * 1.5;
  const lead = random.next() * 0.9;
  const isNeverLookedAt = !one.isKey && random.chance((1 - one.entity.strength) * 0.16);
  const start = random.chance(0.35) ? firstMonth - random.between(1, 5) : firstMonth;
  if (isNeverLookedAt || monthsAgo > start) return null;
  if (monthsAgo !== start && (monthsAgo + phase) % 3 !== 0) return null;
  const strength = one.unit?.strength ?? one.entity.strength;
  const grown = ((firstMonth - monthsAgo) / firstMonth) * 1.1;
  const level =
    0.5 +
    2.1 * strength +
    grown +
    (one.entity.lean[one.layer] ?? 0) * 0.8 +
    shift +
    (one.isKey ? 0.25 : 0) -
    setback(one, monthsAgo);
  return { documentation: clamp(level + lead), implementation: clamp(level - 0.25) };
}

/** What went wrong in the year: a failed exercise at the hospital, a migration at the service provider. */
function setback(one: SeededAssessment, monthsAgo: number): number {
  if (one.entity.key === 'klinikum' && one.layer === 'L5' && monthsAgo <= 5 && monthsAgo >= 3) return 1.4;
  if (one.entity.key === 'msp' && one.layer === 'L3' && monthsAgo <= 3) return 0.8;
  if (one.entity.key === 'hafen' && one.layer === 'L2' && monthsAgo <= 8 && monthsAgo >= 6) return 0.9;
  return 0;
}

const NOTES: Record<string, readonly [string, string, string]> = {
  L1: [
    'Decided below the board so far; on the agenda of the next meeting.',
    'In place for security; the part on AI is still being written.',
    'Approved, dated and minuted; reviewed once a year.',
  ],
  L2: [
    'Done in single projects, nothing written down.',
    'Written and used in the larger systems; smaller sites follow.',
    'Used everywhere, deviations are recorded and worked off.',
  ],
  L3: [
    'Depends on the team; no common rule.',
    'Rule exists and most changes follow it; older systems are exempt.',
    'Enforced by the pipeline; exceptions carry an end date.',
  ],
  L4: [
    'Offered, attendance is not recorded.',
    'Plan and records exist; results are not tested everywhere.',
    'Tested with a pass mark; gaps lead to a second round.',
  ],
  L5: [
    'Handled by experience; roles are not written down.',
    'Written and exercised once; night shifts were not part of it.',
    'Exercised twice a year, times are measured against the limits.',
  ],
  L6: [
    'Known for the largest suppliers only.',
    'Tiering and clauses exist for new contracts; old ones are being renegotiated.',
    'Complete for critical suppliers, monitored through the year.',
  ],
  L7: ['Planned, not tried.', 'Tested once, with findings still open.', 'Tested on schedule, results go to the board.'],
};

/** A note a person would write at this level. Only some leave one. */
export function noteFor(one: SeededAssessment, { documentation, implementation }: Marks): string | null {
  if (!randomFrom(`note ${one.id.slice(-4)} ${one.controlId} ${one.entity.key}`).chance(one.isKey ? 0.8 : 0.35))
    return null;
  const level = ((documentation ?? 0) + (implementation ?? 0)) / 2;
  return NOTES[one.layer]?.[level < 2 ? 0 : level < 3.5 ? 1 : 2] ?? null;
}

function clamp(level: number): number {
  return Math.max(0, Math.min(5, Math.round(level)));
}

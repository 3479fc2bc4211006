import type { useFormatter, useTranslations } from 'next-intl';
import type { HeatmapCell } from './heatmap-types';

type Translate = ReturnType<typeof useTranslations<'heatmap'>>;
type Format = ReturnType<typeof useFormatter>;

/** Everything a cell shows by form and colour, as one sentence for screen readers and for the tooltip. */
export function describeCell(
  cell: HeatmapCell | undefined,
  t: Translate,
  levelName: (level: number) => string,
  format: Format,
): string {
  if (!cell || cell.state === 'not-applicable') return t('cell.notApplicable');
  if (cell.state === 'not-assessed' || cell.proven === null) return t('cell.notAssessed');
  const parts = [
    t('cell.scored', {
      proven: Math.floor(cell.proven),
      claimed: Math.floor(cell.claimed ?? cell.proven),
      level: levelName(cell.level ?? 0),
    }),
  ];
  if (cell.capped) parts.push(t('cell.capped'));
  if (cell.stale) parts.push(t('cell.stale'));
  if (cell.delta !== null) parts.push(t('cell.delta', { delta: signed(cell.delta, format) }));
  return parts.join(' ');
}

export function signed(points: number, format: Format): string {
  return format.number(points, { signDisplay: 'always', maximumFractionDigits: 0 });
}

'use client';

import { useTranslations } from 'next-intl';
import type { HeatmapAnswer, HeatmapCell } from './heatmap-types';
import { useRowName } from './use-names';

/** The picture in one sentence: its weakest spot. */
export function useSentence(answer: HeatmapAnswer): string {
  const t = useTranslations('heatmap.sentence');
  const rowName = useRowName();
  const weakest = weakestOf(answer.cells);
  const row = answer.rows.find(({ id }) => id === weakest?.row);
  const column = answer.columns.find(({ id }) => id === weakest?.column);
  if (!weakest || !row || !column) return t('nothing');
  return t('worst', { row: rowName(row, answer.by), column: column.name, proven: Math.floor(weakest.proven ?? 0) });
}

function weakestOf(cells: readonly HeatmapCell[]): HeatmapCell | undefined {
  let weakest: HeatmapCell | undefined;
  for (const cell of cells) {
    if (cell.proven !== null && cell.proven < (weakest?.proven ?? Number.POSITIVE_INFINITY)) weakest = cell;
  }
  return weakest;
}

'use client';

import { useLocale, useTranslations } from 'next-intl';
import { TOTAL, type ColumnGrouping, type HeatmapAnswer, type HeatmapRow } from './heatmap-types';

/** Names of rows in the reader's language, where the catalogue's id has one. */
export function useRowName(): (row: HeatmapRow, by: HeatmapAnswer['by']) => string {
  const layers = useTranslations('terms.layers');
  const sectors = useTranslations('terms.sectors');
  const measures = useTranslations('terms.measures');
  const t = useTranslations('heatmap.totals');
  return (row, by) => {
    if (row.id === TOTAL) return t('row');
    if (by === 'layer') return layers.has(row.id) ? layers(row.id) : row.name;
    if (by === 'sector') return sectors.has(row.id) ? sectors(row.id) : row.name;
    const letter = /(?:^|\.)([a-j])$/.exec(row.id)?.[1];
    return letter ? `(${letter}) ${measures(letter)}` : row.name;
  };
}

/** Heading over columns that belong together: a country's or a sector's name. */
export function useGroupName(grouping: ColumnGrouping): (id: string) => string {
  const t = useTranslations('heatmap');
  const sectors = useTranslations('terms.sectors');
  const countries = new Intl.DisplayNames([useLocale()], { type: 'region', fallback: 'code' });
  return (id) => {
    if (id === '') return t('groups.other');
    if (grouping === 'country') return /^[A-Z]{2}$/.test(id) ? (countries.of(id) ?? id) : id;
    return sectors.has(id) ? sectors(id) : id;
  };
}

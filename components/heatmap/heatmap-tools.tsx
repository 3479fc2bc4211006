'use client';

import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { Choice } from '../ui/choice';
import { useFilters } from '../ui/use-filters';
import styles from './heatmap-tools.module.css';
import type { ColumnGrouping } from './heatmap-types';

interface HeatmapToolsProps {
  grouping: ColumnGrouping;
  canGroup: boolean;
  compareWith: string | null;
  months: readonly string[];
  apiQuery: string;
}

const GROUPINGS: readonly ColumnGrouping[] = ['country', 'sector', 'none'];

/** How the picture is put together; all of it lives in the address. */
export function HeatmapTools({ grouping, canGroup, compareWith, months, apiQuery }: HeatmapToolsProps) {
  const t = useTranslations('heatmap');
  const format = useFormatter();
  const filters = useFilters();
  return (
    <div className={styles.tools}>
      {canGroup && (
        <Choice
          label={t('groups.label')}
          value={grouping}
          options={GROUPINGS.map((value) => ({ value, label: t(`groups.${value}`) }))}
          onChange={(group) => filters.set({ group })}
          className={styles.desk}
        />
      )}
      <Choice
        label={t('compare.label')}
        value={compareWith ?? ''}
        options={[
          { value: '', label: t('compare.none') },
          ...months.map((month) => ({
            value: month,
            label: format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: 'long', year: 'numeric' }),
          })),
        ]}
        onChange={(compare) => filters.set({ compare })}
      />
      <Button
        component="a"
        href={`/api/v1/heatmap/export?${apiQuery}`}
        download
        variant="text"
        startIcon={<DownloadOutlined />}
        sx={{ ml: 'auto' }}
      >
        {t('csv')}
      </Button>
    </div>
  );
}

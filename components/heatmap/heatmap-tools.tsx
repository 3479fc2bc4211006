'use client';

import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useFormatter, useTranslations } from 'next-intl';
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
  const select = {
    fullWidth: false,
    slotProps: { inputLabel: { shrink: true }, select: { displayEmpty: true, notched: true } },
  };
  return (
    <div className={styles.tools}>
      {canGroup && (
        <TextField
          select
          label={t('groups.label')}
          value={grouping}
          onChange={(event) => filters.set({ group: event.target.value })}
          className={styles.desk}
          sx={{ minWidth: 160 }}
          {...select}
        >
          {GROUPINGS.map((value) => (
            <MenuItem key={value} value={value}>
              {t(`groups.${value}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      <TextField
        select
        label={t('compare.label')}
        value={compareWith ?? ''}
        onChange={(event) => filters.set({ compare: event.target.value })}
        sx={{ minWidth: 190 }}
        {...select}
      >
        <MenuItem value="">{t('compare.none')}</MenuItem>
        {months.map((month) => (
          <MenuItem key={month} value={month}>
            {format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: 'long', year: 'numeric' })}
          </MenuItem>
        ))}
      </TextField>
      <Button
        component="a"
        href={`/api/v1/heatmap?${apiQuery}&format=csv`}
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

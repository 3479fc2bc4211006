'use client';

import CloseOutlined from '@mui/icons-material/CloseOutlined';
import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';
import { FilterControl } from './filter-control';
import type { FilterField } from './filter-field';
import { useFilters } from './use-filters';

interface FilterBarProps {
  fields: readonly FilterField[];
  /** What the filters leave: "12 of 120 controls". */
  result?: ReactNode;
}

/** Filters live in the address, so that a filtered list can be shared and survives a reload. */
export function FilterBar({ fields, result }: FilterBarProps) {
  const t = useTranslations('ui.filter');
  const filters = useFilters();
  const clearable = fields.filter((field) => field.kind !== 'select' || field.chosen === undefined);
  const isFiltered = clearable.some((field) => filters.get(field.param) !== '');
  return (
    <search className={styles.bar} aria-busy={filters.isPending}>
      {fields.map((field) => (
        <FilterControl
          key={field.param}
          field={field}
          value={filters.get(field.param)}
          onChange={(value) => filters.set({ [field.param]: value })}
        />
      ))}
      {isFiltered && (
        <Button
          variant="text"
          startIcon={<CloseOutlined />}
          onClick={() => filters.set(Object.fromEntries(clearable.map((field) => [field.param, ''])))}
        >
          {t('clear')}
        </Button>
      )}
      {result && <output className={styles.result}>{result}</output>}
    </search>
  );
}

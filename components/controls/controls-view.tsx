'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ControlListItem } from '@/lib/features/catalogue/schema';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';
import { LawLink } from '../ui/law-link';
import { StateChip } from '../ui/state-chip';
import styles from './controls.module.css';
import { LevelBar } from './level-bar';

interface ControlsViewProps {
  items: readonly ControlListItem[];
  total: number;
  obligations: readonly { value: string; label: string }[];
}

/** All controls with where the organisation stands on each. */
export function ControlsView({ items, total, obligations }: ControlsViewProps) {
  const t = useTranslations('controls');
  const titles = useTranslations('controlTitles');
  const layers = useTranslations('terms.layers');
  const columns: Column<ControlListItem>[] = [
    { id: 'id', header: t('number'), width: 84, cell: (one) => one.id, sortValue: (one) => one.id, isSortable: true },
    {
      id: 'title',
      header: t('control'),
      isRowHeader: true,
      isSortable: true,
      sortValue: (one) => titles(one.id),
      cell: (one) => (
        <Link href={`/controls/${one.id}`} className={styles.name}>
          {titles(one.id)}
        </Link>
      ),
    },
    {
      id: 'layer',
      header: t('layer'),
      cell: (one) => layers(one.layer),
      isHiddenOnPhone: true,
      isSortable: true,
      sortValue: (one) => one.layer,
    },
    {
      id: 'key',
      header: t('weight'),
      cell: (one) =>
        one.isKey ? <StateChip tone="accent">{t('key')}</StateChip> : t('weightOf', { weight: one.weight }),
      isHiddenOnPhone: true,
    },
    {
      id: 'level',
      header: t('level'),
      cell: (one) => <LevelBar level={one.status.meanLevel} />,
      isSortable: true,
      sortValue: (one) => one.status.meanLevel,
    },
    {
      id: 'proof',
      header: t('proof'),
      align: 'end',
      isSortable: true,
      sortValue: (one) => (one.status.assessments ? one.status.accepted / one.status.assessments : null),
      cell: (one) => (
        <span className={styles.unbroken}>
          {t('proofOf', { accepted: one.status.accepted, all: one.status.assessments })}
        </span>
      ),
    },
  ];
  return (
    <>
      <FilterBar
        fields={[
          { kind: 'search', param: 'q', label: t('search') },
          {
            kind: 'select',
            param: 'layer',
            label: t('layer'),
            options: ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'].map((value) => ({ value, label: layers(value) })),
          },
          { kind: 'select', param: 'obligation', label: t('obligation'), options: obligations },
          { kind: 'toggle', param: 'key', label: t('keyOnly') },
        ]}
        result={t('result', { shown: items.length, total })}
      />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} why={<LawLink obligation="nis2.21.1" />} />}
      />
    </>
  );
}

'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ObligationListItem } from '@/lib/features/catalogue/schema';
import { LevelBar } from '../controls/level-bar';
import styles from '../controls/controls.module.css';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';

/** The duties of the directive with how far the controls that answer them are. */
export function ObligationsView({ items, total }: { items: readonly ObligationListItem[]; total: number }) {
  const t = useTranslations('obligations');
  const duties = useTranslations('dutyTitles');
  const layers = useTranslations('terms.layers');
  const columns: Column<ObligationListItem>[] = [
    { id: 'reference', header: t('article'), width: 190, cell: (one) => one.reference },
    {
      id: 'title',
      header: t('duty'),
      isRowHeader: true,
      cell: (one) => (
        <Link href={`/obligations/${one.id}`} className={styles.name}>
          {duties(one.id.replaceAll('.', '_'))}
        </Link>
      ),
    },
    { id: 'kind', header: t('kind'), cell: (one) => t(`kinds.${one.kind}`), isHiddenOnPhone: true },
    {
      id: 'controls',
      header: t('controls'),
      align: 'end',
      isSortable: true,
      sortValue: (one) => one.controls,
      cell: (one) => (one.controls > 0 ? one.controls : <span className={styles.muted}>{t('noControls')}</span>),
    },
    {
      id: 'level',
      header: t('level'),
      isSortable: true,
      sortValue: (one) => one.status.meanLevel,
      cell: (one) => (one.controls > 0 ? <LevelBar level={one.status.meanLevel} /> : null),
    },
    {
      id: 'proof',
      header: t('proof'),
      align: 'end',
      isSortable: true,
      sortValue: (one) => (one.status.assessments ? one.status.accepted / one.status.assessments : null),
      cell: (one) =>
        one.controls > 0 ? t('proofOf', { accepted: one.status.accepted, all: one.status.assessments }) : null,
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
          {
            kind: 'select',
            param: 'binding',
            label: t('binding'),
            options: [
              { value: 'essential', label: t('bindingEssential') },
              { value: 'important', label: t('bindingImportant') },
            ],
          },
        ]}
        result={t('result', { shown: items.length, total })}
      />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} />}
      />
    </>
  );
}

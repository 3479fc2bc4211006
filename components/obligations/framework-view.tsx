'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { FrameworkDetail } from '@/lib/features/frameworks/schema';
import styles from '../controls/controls.module.css';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';

type Element = FrameworkDetail['elements'][number];

/** Another framework from its own side: each element with our controls that serve it. */
export function FrameworkView({ detail }: { detail: FrameworkDetail }) {
  const t = useTranslations('obligations.framework');
  const titles = useTranslations('controlTitles');
  const columns: Column<Element>[] = [
    { id: 'id', header: t('element'), width: 150, isRowHeader: true, cell: (one) => one.id },
    { id: 'label', header: t('label'), cell: (one) => one.label },
    {
      id: 'controls',
      header: t('controls'),
      cell: (one) =>
        one.controls.length === 0 ? (
          <span className={styles.muted}>{t('none')}</span>
        ) : (
          one.controls.map(({ id }) => (
            <div key={id} className={styles.target}>
              <Link href={`/controls/${id}`}>
                {id} {titles(id)}
              </Link>
            </div>
          ))
        ),
    },
  ];
  return (
    <>
      <FilterBar fields={[{ kind: 'search', param: 'q', label: t('search') }]} />
      <DataTable
        caption={detail.framework.name}
        columns={columns}
        rows={detail.elements}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} />}
      />
    </>
  );
}

'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ChangeCause, SnapshotComparison } from '@/lib/features/snapshots/schema';
import { DataTable } from '../ui/data-table';
import styles from './reports.module.css';

/** The four causes with their points; the last row is their sum. */
export function CauseTable({ causes, total }: Pick<SnapshotComparison, 'causes' | 'total'>) {
  const t = useTranslations('reports.compare');
  const rows: { cause: ChangeCause | 'total'; points: number }[] = [...causes, { cause: 'total', points: total }];
  return (
    <DataTable
      caption={t('causes')}
      rows={rows}
      rowKey={({ cause }) => cause}
      empty={null}
      columns={[
        {
          id: 'cause',
          header: t('cause'),
          isRowHeader: true,
          cell: ({ cause }) => (cause === 'total' ? t('total') : t(`cause_${cause}`)),
        },
        { id: 'points', header: t('points'), align: 'end', cell: ({ points }) => <Change points={points} /> },
        {
          id: 'meaning',
          header: t('meaning'),
          cell: ({ cause }) => (cause === 'total' ? '' : t(`means_${cause}`)),
        },
      ]}
    />
  );
}

export function LayerTable({ layers }: Pick<SnapshotComparison, 'layers'>) {
  const t = useTranslations('reports.compare');
  const names = useTranslations('terms.layers');
  return (
    <DataTable
      caption={t('layers')}
      rows={layers}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        { id: 'layer', header: t('layer'), isRowHeader: true, cell: ({ id }) => names(id) },
        { id: 'before', header: t('before'), align: 'end', cell: ({ from }) => <Points value={from} /> },
        { id: 'after', header: t('after'), align: 'end', cell: ({ to }) => <Points value={to} /> },
        { id: 'change', header: t('change'), align: 'end', cell: ({ change }) => <Change points={change} /> },
      ]}
    />
  );
}

/** The entities by what they lost or gained, the largest loss first. */
export function EntityTable({ entities }: Pick<SnapshotComparison, 'entities'>) {
  const t = useTranslations('reports.compare');
  return (
    <DataTable
      caption={t('entities')}
      rows={entities}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'entity',
          header: t('entity'),
          isRowHeader: true,
          isSortable: true,
          sortValue: ({ name }) => name,
          cell: ({ name }) => name,
        },
        { id: 'before', header: t('before'), align: 'end', cell: ({ from }) => <Points value={from} /> },
        { id: 'after', header: t('after'), align: 'end', cell: ({ to }) => <Points value={to} /> },
        {
          id: 'change',
          header: t('change'),
          align: 'end',
          isSortable: true,
          sortValue: ({ change }) => change,
          cell: ({ change }) => <Change points={change} />,
        },
      ]}
    />
  );
}

function Points({ value }: { value: number | null }) {
  const t = useTranslations('reports.compare');
  const format = useFormatter();
  if (value === null) return <span className={styles.muted}>{t('notThere')}</span>;
  return <data value={value}>{format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}</data>;
}

/** A signed number; the sign says it, colour only repeats it. */
function Change({ points }: { points: number | null }) {
  const format = useFormatter();
  if (points === null) return <span className={styles.muted}>–</span>;
  return (
    <data value={points} className={styles.change} data-direction={points > 0 ? 'up' : points < 0 ? 'down' : undefined}>
      {format.number(points, { signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 })}
    </data>
  );
}

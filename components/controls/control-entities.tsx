'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ControlInEntity } from '@/lib/features/catalogue/schema';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { StateChip } from '../ui/state-chip';
import styles from './controls.module.css';

/** Where each entity stands on this control. */
export function ControlEntities({
  control,
  rows,
  current,
}: {
  control: string;
  rows: readonly ControlInEntity[];
  current: string | null;
}) {
  const t = useTranslations('controls');
  const format = useFormatter();
  const mark = (value: number | null) => (value === null ? '–' : String(value));
  const columns: Column<ControlInEntity>[] = [
    {
      id: 'entity',
      header: t('entity'),
      isRowHeader: true,
      cell: (row) => (
        <Link href={`/controls/${control}?assessment=${row.assessment}#assessment`} className={styles.name}>
          {row.entityName}
          {row.unitName && <span className={styles.muted}>, {row.unitName}</span>}
        </Link>
      ),
    },
    {
      id: 'marks',
      header: t('marks'),
      cell: (row) =>
        row.applicability === 'excluded' ? (
          <StateChip tone="neutral">{t('notApplicable')}</StateChip>
        ) : (
          `${mark(row.documentation)} / ${mark(row.implementation)} ${t('ofTarget', { target: row.target })}`
        ),
    },
    {
      id: 'owner',
      header: t('owner'),
      cell: (row) => <span className={row.owner ? styles.unbroken : styles.muted}>{row.owner ?? t('nobody')}</span>,
    },
    {
      id: 'due',
      header: t('due'),
      cell: (row) =>
        row.dueOn ? (
          <span className={styles.unbroken}>
            {format.dateTime(new Date(row.dueOn), { dateStyle: 'medium', timeZone: 'UTC' })}
          </span>
        ) : (
          '–'
        ),
      isHiddenOnPhone: true,
    },
    {
      id: 'evidence',
      header: t('evidence'),
      align: 'end',
      cell: (row) => (
        <span className={styles.unbroken}>
          {t('evidenceCount', { accepted: row.accepted, submitted: row.submitted })}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('everywhere')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.assessment}
      currentKey={current}
      empty={<EmptyState title={t('noEntityTitle')} what={t('noEntityWhat')} />}
    />
  );
}

'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { UnitItem } from '@/lib/features/entities/schema';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { LawLink } from '../ui/law-link';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './entities.module.css';
import { UnitDialog } from './unit-dialog';

interface UnitListProps {
  entityId: string;
  units: readonly UnitItem[];
  /** `YYYY-MM-DD` by the server's clock. */
  today: string;
  people: readonly { id: string; name: string }[];
  mayWrite: boolean;
}

/** Essential services, AI systems, agents and suppliers that some controls are assessed for one by one. */
export function UnitList({ entityId, units, today, people, mayWrite }: UnitListProps) {
  const t = useTranslations('entities.units');
  const format = useFormatter();
  const toast = useToast();
  const [edited, setEdited] = useState<UnitItem | 'new' | null>(null);
  const archive = useChange({
    request: ({ id, version }: UnitItem) => ({
      method: 'POST',
      path: `/units/${id}/archive`,
      ifMatch: version,
      body: {},
    }),
    onDone: () => toast({ message: t('archived') }),
  });
  const columns: Column<UnitItem>[] = [
    {
      id: 'name',
      header: t('name'),
      width: 240,
      isRowHeader: true,
      cell: (unit) => (
        <>
          <span className={styles.name}>{unit.name}</span>
          {unit.purpose && <div className={styles.muted}>{unit.purpose}</div>}
        </>
      ),
    },
    {
      id: 'kind',
      header: t('kind'),
      isSortable: true,
      sortValue: (unit) => unit.kind,
      cell: (unit) => `${t(`kinds.${unit.kind}`)}${unit.aiActClass ? `, ${t(`aiAct.${unit.aiActClass}`)}` : ''}`,
    },
    {
      id: 'expiresOn',
      header: t('expiresOn'),
      cell: (unit) =>
        unit.expiresOn === null ? (
          '–'
        ) : unit.expiresOn < today ? (
          <StateChip tone="serious">
            {t('expired', { day: format.dateTime(new Date(unit.expiresOn), { dateStyle: 'medium', timeZone: 'UTC' }) })}
          </StateChip>
        ) : (
          format.dateTime(new Date(unit.expiresOn), { dateStyle: 'medium', timeZone: 'UTC' })
        ),
    },
    { id: 'owner', header: t('owner'), cell: (unit) => unit.ownerName ?? '–', isHiddenOnPhone: true },
    ...(mayWrite
      ? [
          {
            id: 'actions',
            header: t('actions'),
            align: 'end' as const,
            cell: (unit: UnitItem) => (
              <>
                <Button
                  size="small"
                  variant="text"
                  onClick={() => setEdited(unit)}
                  aria-label={t('editNamed', { name: unit.name })}
                >
                  {t('edit')}
                </Button>
                <Button
                  size="small"
                  variant="text"
                  loading={archive.isRunning}
                  onClick={() => archive.run(unit)}
                  aria-label={t('archiveNamed', { name: unit.name })}
                >
                  {t('archive')}
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={t('title')}
      sentence={t('sentence')}
      actions={
        mayWrite && (
          <Button variant="outlined" onClick={() => setEdited('new')}>
            {t('add')}
          </Button>
        )
      }
    >
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={units}
        rowKey={(unit) => unit.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} why={<LawLink obligation="nis2.21.2.e" />} />}
      />
      {edited && (
        <UnitDialog
          entityId={entityId}
          unit={edited === 'new' ? null : edited}
          people={people}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  );
}

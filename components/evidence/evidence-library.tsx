'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import type { EvidenceItem } from '@/lib/features/evidence/schema';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';
import type { FilterOption } from '../ui/filter-field';
import { FreshnessBar } from '../ui/freshness-bar';
import { LawLink } from '../ui/law-link';
import { Pager } from '../ui/pager';
import { useFilters } from '../ui/use-filters';
import { EvidenceDrawer } from './evidence-drawer';
import { EvidenceState } from './evidence-state';
import { validity } from './validity';
import styles from './evidence.module.css';

interface EvidenceLibraryProps {
  items: readonly EvidenceItem[];
  next: string | null;
  today: string;
  entities: readonly FilterOption[];
  types: readonly string[];
  may: { upload: boolean; withdraw: boolean; download: boolean };
}

/** All evidence in reach: searchable, with how long each piece still counts; a row opens its drawer. */
export function EvidenceLibrary({ items, next, today, entities, types, may }: EvidenceLibraryProps) {
  const t = useTranslations('evidence.library');
  const states = useTranslations('evidence.states');
  const names = useTranslations('evidenceTypes');
  const format = useFormatter();
  const filters = useFilters();
  const parameters = useSearchParams();
  const open = filters.get('open');

  const columns: Column<EvidenceItem>[] = [
    {
      id: 'title',
      header: t('title'),
      isRowHeader: true,
      cell: (item) => (
        <Link href={`/evidence?${withOpen(parameters, item.id)}`} scroll={false} className={styles.name}>
          {item.title}
        </Link>
      ),
    },
    { id: 'type', header: t('type'), cell: (item) => names(item.type), isHiddenOnPhone: true },
    { id: 'controls', header: t('proves'), cell: (item) => <Controls item={item} /> },
    { id: 'state', header: t('state'), cell: (item) => <EvidenceState state={item.state} /> },
    {
      id: 'freshness',
      header: t('freshness'),
      width: 190,
      cell: (item) =>
        item.state === 'accepted' || item.state === 'submitted' ? (
          <FreshnessBar collectedOn={item.collectedOn} validityDays={validity(item)} today={today} />
        ) : (
          format.dateTime(new Date(item.collectedOn), { dateStyle: 'medium', timeZone: 'UTC' })
        ),
    },
    { id: 'by', header: t('by'), cell: (item) => item.uploadedBy?.name ?? t('machine'), isHiddenOnPhone: true },
  ];

  return (
    <>
      <FilterBar
        fields={[
          { kind: 'search', param: 'q', label: t('search') },
          {
            kind: 'select',
            param: 'state',
            label: t('state'),
            options: ['submitted', 'accepted', 'rejected', 'superseded', 'withdrawn'].map((value) => ({
              value,
              label: states(value),
            })),
          },
          {
            kind: 'select',
            param: 'freshness',
            label: t('freshness'),
            options: ['fresh', 'ageing', 'stale'].map((value) => ({ value, label: t(value) })),
          },
          { kind: 'select', param: 'entity', label: t('entity'), options: entities },
          {
            kind: 'select',
            param: 'type',
            label: t('type'),
            options: types.map((value) => ({ value, label: names(value) })),
          },
          { kind: 'toggle', param: 'mine', label: t('mine') },
        ]}
      />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={(item) => item.id}
        currentKey={open || null}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} why={<LawLink obligation="nis2.21.1" />} />}
      />
      <Pager next={next} shown={items.length} />
      {open && <EvidenceDrawer id={open} today={today} may={may} onClose={() => filters.set({ open: '' })} />}
    </>
  );
}

function Controls({ item }: { item: EvidenceItem }) {
  const t = useTranslations('evidence.library');
  const ids = [...new Set(item.controls.map(({ control }) => control))];
  const entities = new Set(item.controls.map(({ entity }) => entity)).size;
  if (ids.length === 0) return <span className={styles.muted}>{t('nothingYet')}</span>;
  return (
    <span>
      {ids.slice(0, 3).join(', ')}
      {ids.length > 3 && ` +${ids.length - 3}`}
      <span className={styles.muted}> {t('inEntities', { count: entities })}</span>
    </span>
  );
}

function withOpen(current: URLSearchParams, id: string): string {
  const parameters = new URLSearchParams(current);
  parameters.set('open', id);
  return parameters.toString();
}

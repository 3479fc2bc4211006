'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { EventItem } from '@/lib/features/log/schema';
import { CopyButton } from '../ui/copy-button';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';
import { Pager } from '../ui/pager';
import styles from './log.module.css';

const VERBS = [
  'assessment',
  'evidence',
  'exclusion',
  'raci',
  'entity',
  'unit',
  'snapshot',
  'report',
  'engagement',
  'comment',
  'session',
  'person',
  'role',
  'token',
  'record',
];

interface LogViewProps {
  items: readonly EventItem[];
  next: string | null;
  people: readonly { value: string; label: string }[];
}

/** The event log: one line per change, in the order it was committed, without a gap in its numbers. */
export function LogView({ items, next, people }: LogViewProps) {
  const t = useTranslations('log');
  const format = useFormatter();
  const columns: Column<EventItem>[] = [
    { id: 'position', header: t('number'), align: 'end', width: 72, cell: (one) => one.position },
    {
      id: 'at',
      header: t('when'),
      cell: (one) => (
        <time dateTime={one.at}>{format.dateTime(new Date(one.at), { dateStyle: 'short', timeStyle: 'medium' })}</time>
      ),
    },
    { id: 'actor', header: t('who'), cell: (one) => one.actor.name ?? t(`actors.${one.actor.kind}`) },
    { id: 'verb', header: t('what'), isRowHeader: true, cell: (one) => <Sentence event={one} /> },
    {
      id: 'hash',
      header: t('hashes'),
      isHiddenOnPhone: true,
      cell: (one) =>
        one.afterHash ? (
          <span className={styles.hash}>
            {one.beforeHash ? `${one.beforeHash.slice(0, 8)} → ` : ''}
            {one.afterHash.slice(0, 8)} <CopyButton text={one.afterHash} label={t('hash')} />
          </span>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <FilterBar
        fields={[
          {
            kind: 'select',
            param: 'verb',
            label: t('about'),
            options: VERBS.map((value) => ({ value: `${value}.`, label: t(`objects.${value}`) })),
          },
          { kind: 'select', param: 'actor', label: t('who'), options: people },
          { kind: 'search', param: 'object', label: t('object') },
        ]}
      />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} />}
      />
      <Pager next={next} shown={items.length} />
    </>
  );
}

function Sentence({ event }: { event: EventItem }) {
  const t = useTranslations('log');
  const key = event.verb.replace('.', '_');
  const control = typeof event.detail.control === 'string' ? ` · ${event.detail.control}` : '';
  return (
    <>
      {t.has(`verbs.${key}`) ? t(`verbs.${key}`) : event.verb}
      <span className={styles.muted}>
        {control}
        {event.entityName && ` · ${event.entityName}`}
      </span>
    </>
  );
}

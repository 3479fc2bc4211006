'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReportItem } from '@/lib/features/reports/schema';
import { CopyButton } from '../ui/copy-button';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { LayeredBar } from '../ui/layered-bar';
import { Person } from '../ui/person';
import { StateChip, type Tone } from '../ui/state-chip';
import { dayIn, stateOf, type ReportState } from './report-types';
import styles from './reports.module.css';

const TONES: Record<ReportState, Tone> = {
  unprepared: 'neutral',
  prepared: 'attention',
  released: 'good',
  restated: 'neutral',
};
const MOST_READERS = 4;
/** Enough of a hash to tell two months apart by eye. */
const SHOWN_DIGITS = 8;

/** The months as rows. With a report open beside it only what is needed to choose another one is shown. */
export function MonthsTable({ items, openId }: { items: readonly ReportItem[]; openId: string | null }) {
  const t = useTranslations('reports.table');
  const columns = useColumns();
  return (
    <DataTable
      caption={t('caption')}
      columns={openId === null ? columns : columns.filter(({ id }) => ['month', 'score', 'state'].includes(id))}
      rows={items}
      rowKey={(item) => item.snapshot}
      currentKey={openId}
      empty={null}
    />
  );
}

function useColumns(): Column<ReportItem>[] {
  const t = useTranslations('reports.table');
  return [
    { id: 'month', header: t('month'), isRowHeader: true, cell: (item) => <Month item={item} /> },
    { id: 'score', header: t('score'), cell: (item) => <Score item={item} /> },
    { id: 'state', header: t('state'), cell: (item) => <State item={item} /> },
    { id: 'prepared', header: t('prepared'), cell: ({ report }) => <Signer person={report?.prepared} /> },
    { id: 'released', header: t('released'), cell: ({ report }) => <Signer person={report?.released} /> },
    { id: 'readers', header: t('readers'), cell: (item) => <Readers item={item} /> },
    { id: 'seal', header: t('seal'), isHiddenOnPhone: true, cell: ({ digest }) => <Seal digest={digest} /> },
  ];
}

function Month({ item }: { item: ReportItem }) {
  const kinds = useTranslations('reports.kinds');
  const format = useFormatter();
  return (
    <>
      <Link href={`/reports?read=${item.snapshot}`} scroll={false}>
        {format.dateTime(dayIn(item.month), { month: 'long', year: 'numeric' })}
      </Link>
      <span className={`${styles.small} ${styles.kind}`}>{kinds(item.kind)}</span>
    </>
  );
}

function Score({ item: { proven, claimed } }: { item: ReportItem }) {
  const t = useTranslations('ui.score');
  return (
    <div className={styles.score}>
      <LayeredBar proven={proven} claimed={claimed} open={claimed} size="thin" />
      <span className={styles.small}>
        <b>{Math.floor(proven)}</b> {t('proven')} · {Math.floor(claimed)} {t('claimed')}
      </span>
    </div>
  );
}

function State({ item }: { item: ReportItem }) {
  const t = useTranslations('reports.states');
  const state = stateOf(item);
  return <StateChip tone={TONES[state]}>{t(state)}</StateChip>;
}

function Signer({ person }: { person: { name: string; at: string } | null | undefined }) {
  const t = useTranslations('reports.table');
  const format = useFormatter();
  if (!person) return <span className={styles.muted}>{t('nobody')}</span>;
  return (
    <div>
      <Person name={person.name} />
      <span className={styles.small}>{format.dateTime(new Date(person.at), { dateStyle: 'medium' })}</span>
    </div>
  );
}

function Readers({ item: { report } }: { item: ReportItem }) {
  const t = useTranslations('reports.table');
  const readers = report?.readers ?? [];
  if (readers.length === 0) return <span className={styles.muted}>{t('nobody')}</span>;
  const left = readers.length - MOST_READERS;
  return (
    <ul className={styles.readers}>
      {readers.slice(0, MOST_READERS).map(({ id, name }) => (
        <li key={id}>
          <Person name={name} isCompact />
        </li>
      ))}
      {left > 0 && <li className={styles.small}>{t('more', { count: left })}</li>}
    </ul>
  );
}

function Seal({ digest }: { digest: string }) {
  const t = useTranslations('reports.facts');
  return (
    <span className={styles.seal}>
      <code>{digest.slice(0, SHOWN_DIGITS)}</code>
      <CopyButton text={digest} label={t('hash')} />
    </span>
  );
}

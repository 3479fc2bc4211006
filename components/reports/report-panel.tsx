'use client';

import CloseOutlined from '@mui/icons-material/CloseOutlined';
import IconButton from '@mui/material/IconButton';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useId } from 'react';
import { reportFormats, type ReportItem } from '@/lib/features/reports/schema';
import { PrepareButton } from './prepare-button';
import { ReleaseButton } from './release-button';
import { ReportFacts } from './report-facts';
import { ReportViewer } from './report-viewer';
import { SealCheck } from './seal-check';
import { dayIn } from './report-types';
import styles from './reports.module.css';

/** One month's report: what it is waiting for, its formats, the report itself, and what stands behind it. */
export function ReportPanel({ item, mayMake }: { item: ReportItem; mayMake: boolean }) {
  const t = useTranslations('reports.panel');
  const format = useFormatter();
  const headingId = useId();
  const month = format.dateTime(dayIn(item.month), { month: 'long', year: 'numeric' });
  const address = useReportAddress(item.snapshot);
  return (
    <section className={styles.panel} aria-labelledby={headingId}>
      <header className={styles.head}>
        <h2 id={headingId}>{t('label', { month })}</h2>
        <IconButton component={Link} href="/reports" scroll={false} aria-label={t('close')} edge="end">
          <CloseOutlined fontSize="inherit" />
        </IconButton>
      </header>
      {!item.report?.released && <p className={styles.draft}>{t('draft')}</p>}
      <div className={styles.acts}>
        {mayMake && !item.report && <PrepareButton snapshot={item.snapshot} />}
        {item.report && !item.report.released && <ReleaseButton report={item.report} />}
        <SealCheck snapshot={item.snapshot} />
      </div>
      <p className={styles.formats}>
        {t('formats')}
        {reportFormats.map((name) => (
          <a key={name} href={address(name)} download>
            {t(`format.${name}`)}
          </a>
        ))}
      </p>
      <ReportViewer address={`${address('pdf')}&inline=true`} month={month} />
      <ReportFacts item={item} />
    </section>
  );
}

/** Where a format of a report is fetched, in the reader's language. */
function useReportAddress(snapshot: string): (format: string) => string {
  const locale = useLocale().slice(0, 2);
  return (format) => `/api/v1/snapshots/${snapshot}/report?format=${format}&locale=${locale}`;
}

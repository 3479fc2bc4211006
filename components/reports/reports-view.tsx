import { useFormatter, useTranslations } from 'next-intl';
import type { ReportItem } from '@/lib/features/reports/schema';
import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { LawLink } from '../ui/law-link';
import { PageHeader } from '../ui/page-header';
import { Pager } from '../ui/pager';
import { FreezeButton } from './freeze-button';
import { MonthsTable } from './months-table';
import { ReportPanel } from './report-panel';
import { dayIn, stateOf } from './report-types';
import styles from './reports.module.css';

interface ReportsViewProps {
  items: readonly ReportItem[];
  next: string | null;
  /** The snapshot whose report is open beside the list. */
  openId: string | null;
  /** `YYYY-MM`, by the organisation's calendar. */
  currentMonth: string;
  mayMake: boolean;
}

/** Frozen months and their reports: what is ready, what waits for whom, and the report itself beside the list. */
export function ReportsView({ items, next, openId, currentMonth, mayMake }: ReportsViewProps) {
  const t = useTranslations('reports');
  const open = items.find((item) => item.snapshot === openId) ?? null;
  const freeze = mayMake && (
    <FreezeButton month={currentMonth} isAgain={items.some((item) => item.month === currentMonth)} />
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={<Standing items={items} currentMonth={currentMonth} mayMake={mayMake} />}
        actions={
          items.length > 0 && (
            <>
              {items.length > 1 && <ButtonLink href="/reports/compare">{t('compare.button')}</ButtonLink>}
              {freeze}
            </>
          )
        }
      />
      {items.length === 0 ? (
        <EmptyState
          title={t('empty.title')}
          what={t('empty.what')}
          why={
            <>
              {t('empty.why')} <LawLink obligation="nis2.20.1" />
            </>
          }
          action={freeze}
        />
      ) : (
        <div className={styles.layout} data-open={open !== null || undefined}>
          <div>
            <MonthsTable items={items} openId={open?.snapshot ?? null} />
            <Pager shown={items.length} next={next} />
            {!open && <p className={styles.hint}>{t('panel.choose')}</p>}
          </div>
          {open && <ReportPanel key={open.snapshot} item={open} mayMake={mayMake} />}
        </div>
      )}
    </>
  );
}

type StandingProps = Pick<ReportsViewProps, 'items' | 'currentMonth' | 'mayMake'>;

/** The newest month in one sentence: what is missing and who is asked. */
function Standing({ items, currentMonth, mayMake }: StandingProps) {
  const t = useTranslations('reports.sentence');
  const format = useFormatter();
  const nameOf = (month: string) => format.dateTime(dayIn(month), { month: 'long', year: 'numeric' });
  const latest = items.find((item) => !item.restatedBy);
  if (!latest) return t('none');
  const month = nameOf(latest.month);
  switch (stateOf(latest)) {
    case 'prepared':
      return t('waiting', { month, person: latest.report?.prepared.name ?? '' });
    case 'released':
      return mayMake && latest.month < currentMonth
        ? t('open', { month: nameOf(currentMonth) })
        : t('released', { month, count: latest.report?.readers.length ?? 0 });
    default:
      return t('unprepared', { month });
  }
}

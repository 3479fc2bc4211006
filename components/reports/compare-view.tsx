import { useFormatter, useTranslations } from 'next-intl';
import type { SnapshotComparison } from '@/lib/features/snapshots/schema';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { CauseTable, EntityTable, LayerTable } from './compare-tables';
import { MonthChoices, type ChoosableMonth } from './month-choices';
import { dayIn } from './report-types';
import styles from './reports.module.css';

interface CompareViewProps {
  months: readonly ChoosableMonth[];
  /** Null until two months are frozen. */
  comparison: SnapshotComparison | null;
  chosen: { from: string; to: string } | null;
}

/** What changed between two frozen months, and why: the sentence, the causes, the layers, the entities. */
export function CompareView({ months, comparison, chosen }: CompareViewProps) {
  const t = useTranslations('reports');
  return (
    <>
      <PageHeader title={t('compare.title')} trail={[{ label: t('title'), href: '/reports' }]} />
      {comparison === null || chosen === null ? (
        <EmptyState title={t('compare.empty')} what={t('compare.emptyWhat')} />
      ) : (
        <>
          <MonthChoices months={months} from={chosen.from} to={chosen.to} />
          <Verdict comparison={comparison} />
          <Section title={t('compare.causes')} sentence={t('compare.causesSentence')}>
            <CauseTable causes={comparison.causes} total={comparison.total} />
          </Section>
          <Section title={t('compare.layers')}>
            <LayerTable layers={comparison.layers} />
          </Section>
          <Section title={t('compare.entities')}>
            <EntityTable entities={comparison.entities} />
          </Section>
        </>
      )}
    </>
  );
}

function Verdict({ comparison: { from, to, total } }: { comparison: SnapshotComparison }) {
  const t = useTranslations('reports.compare.sentence');
  const format = useFormatter();
  const nameOf = (month: string) => format.dateTime(dayIn(month), { month: 'long', year: 'numeric' });
  const number = (value: number) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const words = {
    from: nameOf(from.month),
    to: nameOf(to.month),
    points: number(Math.abs(total)),
    after: number(to.proven),
  };
  return <p className={styles.sentence}>{t(total > 0 ? 'up' : total < 0 ? 'down' : 'same', words)}</p>;
}

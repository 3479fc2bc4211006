import { useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { LawLink } from '../ui/law-link';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { BoardSentence } from './board-sentence';
import { ChangeList } from './change-list';
import { ClockList } from './clock-list';
import { DecisionList } from './decision-list';
import { decisionsFor } from './decisions';
import { LayerStrips } from './layer-strips';
import type { Changes, OverviewClock, ReadinessAnswer, Waiting } from './overview-types';
import styles from './overview-view.module.css';
import { TrendPicture } from './trend-picture';
import { twelveMonths, type FrozenScore } from './twelve-months';

interface OverviewViewProps {
  answer: ReadinessAnswer;
  /** The entity's name, or the organisation's for the group. */
  subject: string;
  snapshots: readonly FrozenScore[];
  changes: Changes;
  /** Whether what caps the score is this person's to decide. */
  decidesCaps: boolean;
  /** What waits for this person's decision; null for those who have no work of their own. */
  waiting: Waiting | null;
  clocks: readonly OverviewClock[];
}

/** The board's page: the sentence, the bar, the layers, the year, and what is asked of the reader. One screen. */
export function OverviewView({ answer, subject, snapshots, changes, decidesCaps, waiting, clocks }: OverviewViewProps) {
  const t = useTranslations('overview');
  if (answer.explanation.length === 0) return <NothingYet />;
  return (
    <>
      <BoardSentence answer={answer} subject={subject} />
      <div className={styles.pictures}>
        <Section title={t('layers.title')}>
          <LayerStrips layers={answer.layers} />
        </Section>
        <Section title={t('trend.title')}>
          <TrendPicture months={twelveMonths(snapshots)} />
        </Section>
      </div>
      <div className={styles.asks}>
        <Section title={t('decisions.title')}>
          <DecisionList decisions={decisionsFor(decidesCaps ? answer.caps : [], waiting)} />
        </Section>
        <Section title={t('clocks.title')}>
          <ClockList clocks={clocks} />
        </Section>
        <Section title={t('changes.title')}>
          <ChangeList changes={changes} />
        </Section>
      </div>
    </>
  );
}

function NothingYet() {
  const t = useTranslations('overview');
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState
        title={t('empty.title')}
        what={t('empty.what')}
        why={
          <>
            {t('empty.why')} <LawLink obligation="nis2.20.1" />
          </>
        }
        action={
          <ButtonLink href="/entities" variant="contained" color="primary">
            {t('empty.action')}
          </ButtonLink>
        }
      />
    </>
  );
}

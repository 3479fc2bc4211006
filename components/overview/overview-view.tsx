import { useTranslations } from 'next-intl';
import { Section } from '../ui/section';
import { BoardSentence } from './board-sentence';
import { ChangeList } from './change-list';
import { ClockList } from './clock-list';
import { DecisionList } from './decision-list';
import { LayerStrips } from './layer-strips';
import type { OverviewData } from './overview-types';
import styles from './overview-view.module.css';
import { TrendPicture } from './trend-picture';

/** The board's page: the sentence, the bar, the layers, the year, and what is asked of the reader. One screen. */
export function OverviewView({ data }: { data: OverviewData }) {
  const t = useTranslations('overview');
  return (
    <>
      <BoardSentence data={data} />
      <div className={styles.pictures}>
        <Section title={t('layers.title')}>
          <LayerStrips layers={data.layers} />
        </Section>
        <Section title={t('trend.title')}>
          <TrendPicture months={data.trend} />
        </Section>
      </div>
      <div className={styles.asks}>
        <Section title={t('decisions.title')}>
          <DecisionList decisions={data.decisions} />
        </Section>
        <Section title={t('clocks.title')}>
          <ClockList clocks={data.clocks} />
        </Section>
        <Section title={t('changes.title')}>
          <ChangeList changes={data.changes} />
        </Section>
      </div>
    </>
  );
}

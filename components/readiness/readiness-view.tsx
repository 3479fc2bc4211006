import { useFormatter, useTranslations } from 'next-intl';
import type { OverviewMonth } from '../overview/overview-types';
import { TrendPicture } from '../overview/trend-picture';
import { thresholdMarks } from '../overview/levels';
import { Facts } from '../ui/facts';
import { LayeredBar } from '../ui/layered-bar';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { CapList } from './cap-list';
import { ExplanationTable } from './explanation-table';
import { LayerTable } from './layer-table';
import { NextSteps } from './next-steps';
import { RadarPicture } from './radar-picture';
import type { ReadinessData } from './readiness-types';
import styles from './readiness-view.module.css';

interface ReadinessViewProps {
  data: ReadinessData;
  trend: readonly OverviewMonth[];
}

/** Where the number comes from, down to the basis point, and what would raise it. */
export function ReadinessView({ data, trend }: ReadinessViewProps) {
  const t = useTranslations('readiness');
  const levels = useTranslations('terms.levels');
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={t('sentence', {
          subject: data.subject,
          proven: Math.floor(data.proven),
          claimed: Math.floor(data.claimed),
          level: data.level,
          name: levels(String(data.level)),
        })}
      />
      <div className={styles.bar}>
        <LayeredBar
          proven={data.proven}
          claimed={data.claimed}
          open={data.open}
          size="tall"
          thresholds={thresholdMarks((level) => levels(String(level)))}
          isLabelled
        />
      </div>
      <CapList caps={data.caps} />
      <div className={styles.columns}>
        <Section title={t('steps.title')} sentence={t('steps.sentence')}>
          <NextSteps steps={data.nextSteps} />
        </Section>
        <Section title={t('facts.title')}>
          <ScoreFacts data={data} />
        </Section>
      </div>
      <div className={`${styles.columns} ${styles.wide}`}>
        <Section title={t('layers.title')} sentence={t('layers.sentence')}>
          <LayerTable layers={data.layers} />
        </Section>
        <Section title={t('radar.title')}>
          <RadarPicture layers={data.layers} />
        </Section>
      </div>
      <Section title={t('explanation.title')} sentence={t('explanation.sentence')}>
        <ExplanationTable lines={data.explanation} proven={data.proven} />
      </Section>
      <Section title={t('trend')}>
        <TrendPicture months={trend} height={220} />
      </Section>
    </>
  );
}

function ScoreFacts({ data }: { data: ReadinessData }) {
  const t = useTranslations('readiness.facts');
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: 'percent' });
  return (
    <Facts
      items={[
        { label: t('coverage'), value: percent(data.coverage) },
        { label: t('evidenceCoverage'), value: percent(data.evidenceCoverage) },
        { label: t('independent'), value: percent(data.independentShare) },
        ...data.forecast.map(({ days, proven }) => ({
          label: t('forecast', { days }),
          value: t('forecastValue', { proven: Math.floor(proven) }),
        })),
        { label: t('method'), value: data.method },
      ]}
    />
  );
}

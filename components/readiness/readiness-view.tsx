import { useTranslations } from 'next-intl';
import { thresholdMarks } from '../overview/levels';
import { TrendPicture } from '../overview/trend-picture';
import { twelveMonths, type FrozenScore } from '../overview/twelve-months';
import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { LawLink } from '../ui/law-link';
import { LayeredBar } from '../ui/layered-bar';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { CapList } from './cap-list';
import { ExplanationTable } from './explanation-table';
import { LayerTable } from './layer-table';
import { NextSteps } from './next-steps';
import { RadarPicture } from './radar-picture';
import type { ReadinessAnswer } from './readiness-types';
import styles from './readiness-view.module.css';
import { ScoreFacts } from './score-facts';

interface ReadinessViewProps {
  answer: ReadinessAnswer;
  /** The entity's name, or the organisation's for the group. */
  subject: string;
  snapshots: readonly FrozenScore[];
}

/** Where the number comes from, down to the basis point, and what would raise it. */
export function ReadinessView({ answer, subject, snapshots }: ReadinessViewProps) {
  const t = useTranslations('readiness');
  const levels = useTranslations('terms.levels');
  const isOfGroup = answer.entity === null;
  if (answer.explanation.length === 0) return <NothingYet />;
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={t('sentence', {
          subject,
          proven: Math.floor(answer.proven),
          claimed: Math.floor(answer.claimed),
          level: answer.level,
          name: levels(String(answer.level)),
        })}
      />
      <div className={styles.bar}>
        <LayeredBar
          proven={answer.proven}
          claimed={answer.claimed}
          open={answer.open}
          size="tall"
          thresholds={thresholdMarks((level) => levels(String(level)))}
          isLabelled
        />
      </div>
      <CapList caps={answer.caps} isOfGroup={isOfGroup} />
      <div className={styles.columns}>
        <Section title={t('steps.title')} sentence={t('steps.sentence')}>
          <NextSteps steps={answer.nextSteps} isOfGroup={isOfGroup} />
        </Section>
        <Section title={t('facts.title')}>
          <ScoreFacts answer={answer} />
        </Section>
      </div>
      <div className={`${styles.columns} ${styles.wide}`}>
        <Section title={t('layers.title')} sentence={t(isOfGroup ? 'layers.ofGroup' : 'layers.sentence')}>
          <LayerTable layers={answer.layers} isOfGroup={isOfGroup} />
        </Section>
        <Section title={t('radar.title')}>
          <RadarPicture layers={answer.layers} />
        </Section>
      </div>
      <Section title={t('explanation.title')} sentence={t('explanation.sentence')}>
        <ExplanationTable lines={answer.explanation} proven={answer.proven} />
      </Section>
      <Section title={t('trend')}>
        <TrendPicture months={twelveMonths(snapshots)} height={220} />
      </Section>
    </>
  );
}

function NothingYet() {
  const t = useTranslations('readiness.empty');
  return (
    <>
      <PageHeader title={useTranslations('readiness')('title')} />
      <EmptyState
        title={t('title')}
        what={t('what')}
        why={
          <>
            {t('why')} <LawLink obligation="nis2.20.1" />
          </>
        }
        action={
          <ButtonLink href="/entities" variant="contained" color="primary">
            {t('action')}
          </ButtonLink>
        }
      />
    </>
  );
}

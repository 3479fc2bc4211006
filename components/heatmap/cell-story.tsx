'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useStepText } from '../readiness/use-step-text';
import { ButtonLink } from '../ui/button-link';
import { LayeredBar } from '../ui/layered-bar';
import { Section } from '../ui/section';
import { CellControls } from './cell-controls';
import { CellGap } from './cell-gap';
import styles from './cell-story.module.css';
import { TOTAL, type CellDetail } from './heatmap-types';

/** The drawer's story: the number in a sentence, what to do next, how it comes about, the controls by what they cost. */
export function CellStory({ detail }: { detail: CellDetail }) {
  const t = useTranslations('heatmap.drawer');
  const levels = useTranslations('terms.levels');
  if (detail.proven === null) return <p>{t('nothing')}</p>;
  return (
    <>
      <p className={`board-sentence ${styles.sentence}`}>
        {t('sentence', { proven: Math.floor(detail.proven), level: levels(String(detail.level ?? 0)) })}
      </p>
      <div className={styles.bar}>
        <LayeredBar proven={detail.proven} claimed={detail.claimed ?? 0} open={detail.open ?? 0} isLabelled />
      </div>
      <NextStep detail={detail} />
      {detail.controls.length > 0 && (
        <Section title={t('controls')} sentence={t('controlsOrder')} level={3}>
          <CellControls controls={detail.controls} />
        </Section>
      )}
      <Section title={t('why')} level={3}>
        <CellGap detail={detail} proven={detail.proven} />
      </Section>
    </>
  );
}

function NextStep({ detail }: { detail: CellDetail }) {
  const t = useTranslations('heatmap.drawer');
  const textOf = useStepText();
  const format = useFormatter();
  const step = detail.nextStep;
  if (!step) return null;
  const gain = format.number(step.gain, { signDisplay: 'always', maximumFractionDigits: 1 });
  return (
    <div className={styles.next}>
      <p>
        <b>{t('nextStep')}</b> {textOf(step, detail.column.id === TOTAL)}
      </p>
      <ButtonLink variant="contained" color="primary" href={step.href}>
        {step.gain > 0 ? t('gain', { gain }) : t('ground')}
      </ButtonLink>
    </div>
  );
}

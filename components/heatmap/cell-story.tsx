'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button-link';
import { LayeredBar } from '../ui/layered-bar';
import { Section } from '../ui/section';
import { CellControls } from './cell-controls';
import { useLineText, useStepText } from '../readiness/use-step-text';
import styles from './cell-story.module.css';
import { TOTAL, type CellDetail } from './heatmap-types';

/** The drawer's story: the number in a sentence, what to do next, how it comes about, the controls by what they cost. */
export function CellStory({ detail }: { detail: CellDetail }) {
  const t = useTranslations('heatmap.drawer');
  const levels = useTranslations('terms.levels');
  const lineText = useLineText();
  const stepText = useStepText();
  const format = useFormatter();
  const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  if (detail.proven === null) return <p>{t('nothing')}</p>;
  return (
    <>
      <p className={`board-sentence ${styles.sentence}`}>
        {t('sentence', { proven: Math.floor(detail.proven), level: levels(String(detail.level ?? 0)) })}
      </p>
      <LayeredBar proven={detail.proven} claimed={detail.claimed ?? 0} open={detail.open ?? 0} isLabelled />
      {detail.nextStep && (
        <div className={styles.next}>
          <p>
            <b>{t('nextStep')}</b> {stepText(detail.nextStep, detail.column.id === TOTAL)}
          </p>
          <ButtonLink variant="contained" color="primary" href={detail.nextStep.href}>
            {t('gain', {
              gain: format.number(detail.nextStep.gain, { signDisplay: 'always', maximumFractionDigits: 1 }),
            })}
          </ButtonLink>
        </div>
      )}
      {detail.controls.length > 0 && (
        <Section title={t('controls')} sentence={t('controlsOrder')} level={3}>
          <CellControls controls={detail.controls} />
        </Section>
      )}
      <Section title={t('why')} level={3}>
        <table className={styles.lines}>
          <tbody>
            <tr>
              <th scope="row">{t('full')}</th>
              <td>{format.number(100, oneDecimal)}</td>
            </tr>
            {detail.explanation.map((line) => (
              <tr key={`${line.kind} ${line.id}`}>
                <th scope="row">{lineText(line)}</th>
                <td>{format.number(line.basisPoints / 100, { ...oneDecimal, signDisplay: 'always' })}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('sum')}</th>
              <td>{format.number(detail.proven, oneDecimal)}</td>
            </tr>
          </tfoot>
        </table>
      </Section>
    </>
  );
}

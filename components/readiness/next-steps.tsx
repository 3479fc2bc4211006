'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import styles from './next-steps.module.css';
import type { ReadinessStep } from './readiness-types';
import { useStepText } from './use-step-text';

/** Single things to do, the most rewarding first. */
export function NextSteps({ steps, isOfGroup }: { steps: readonly ReadinessStep[]; isOfGroup: boolean }) {
  const t = useTranslations('readiness.steps');
  const textOf = useStepText();
  const format = useFormatter();
  if (steps.length === 0) return <p>{t('none')}</p>;
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={`${step.kind} ${step.id} ${step.entityId} ${step.unit}`}>
          <Link href={step.href}>{textOf(step, isOfGroup)}</Link>
          <span className={styles.gain}>
            {step.gain > 0
              ? t('gain', { gain: format.number(step.gain, { signDisplay: 'always', maximumFractionDigits: 1 }) })
              : t('ground')}
          </span>
        </li>
      ))}
    </ol>
  );
}

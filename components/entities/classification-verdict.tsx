'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Classification } from '@/lib/domain/classification/classify';
import type { Problem } from '../api';
import { ErrorPanel } from '../ui/error-panel';
import { SkeletonLines } from '../ui/skeletons';
import { StateChip } from '../ui/state-chip';
import styles from './entities.module.css';

/** The class the rules give, the numbers it rests on, and the answers that could still change it. */
export function ClassificationVerdict({
  verdict,
  problem,
}: {
  verdict: Classification | null;
  problem?: Problem | null;
}) {
  const t = useTranslations('entities');
  const classes = useTranslations('terms.classification');
  const rules = useTranslations('classificationRules');
  const format = useFormatter();
  if (problem) return <ErrorPanel problem={problem} />;
  if (!verdict)
    return (
      <aside className={styles.verdict} aria-label={t('verdict')}>
        <SkeletonLines count={6} />
      </aside>
    );
  const factName = (fact: string) => (t.has(`facts.${fact}`) ? t(`facts.${fact}`) : fact);
  const show = (value: string | number | boolean | readonly string[] | null) =>
    typeof value === 'number'
      ? format.number(value)
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no')
        : typeof value === 'object' && value !== null
          ? value.join(', ')
          : (value ?? '–');
  return (
    <aside className={styles.verdict} aria-label={t('verdict')} aria-live="polite">
      <p className={styles.outcome}>{t('outcome', { outcome: classes(verdict.outcome) })}</p>
      <p>
        {rules(`${verdict.rule.id}.reference`)}: {rules(`${verdict.rule.id}.description`)}
      </p>
      {verdict.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {verdict.reasons.map((reason) => (
            <li key={`${reason.fact} ${reason.op} ${show(reason.limit)}`}>
              <StateChip tone={reason.truth === 'yes' ? 'good' : 'neutral'}>
                {factName(reason.fact)}
                {typeof reason.actual === 'boolean'
                  ? ` ${show(reason.actual)}`
                  : `: ${show(reason.actual)} ${t.has(`ops.${reason.op}`) ? t(`ops.${reason.op}`) : reason.op} ${show(reason.limit)}`}
              </StateChip>
            </li>
          ))}
        </ul>
      )}
      {verdict.isCertain ? (
        <StateChip tone="good">{t('certain')}</StateChip>
      ) : (
        <>
          <StateChip tone="attention">{t('notCertain')}</StateChip>
          <ul className={styles.reasons}>
            {verdict.openFacts.map((open) => (
              <li key={open.fact}>
                {factName(open.fact)}{' '}
                <span className={styles.muted}>
                  {t('couldBe', { outcomes: open.couldLeadTo.map((one) => classes(one)).join(', ') })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.muted}>{t('nationalLaw')}</p>
    </aside>
  );
}

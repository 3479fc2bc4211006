import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LayeredBar } from '../ui/layered-bar';
import styles from './board-sentence.module.css';
import { thresholdMarks } from './levels';
import type { OverviewData } from './overview-types';

const strong = (chunks: ReactNode) => <strong className={styles.number}>{chunks}</strong>;
const bold = (chunks: ReactNode) => <b>{chunks}</b>;

/** The first thing the eye meets: what can be proven and what holds it back, then the same as one bar. */
export function BoardSentence({ data }: { data: OverviewData }) {
  const t = useTranslations('overview.sentence');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const isAssessed = data.coverage > 0;
  const when = data.month
    ? t('asOf', { month: format.dateTime(new Date(`${data.month}-15T12:00:00Z`), { month: 'long', year: 'numeric' }) })
    : t('today');

  return (
    <header className={styles.head}>
      <h1 className={`board-sentence ${styles.sentence}`}>
        {isAssessed
          ? t.rich('proven', { subject: data.subject, proven: Math.floor(data.proven), strong })
          : t('nothing', { subject: data.subject })}{' '}
        {isAssessed && data.heldBackBy && t(`heldBack.${data.heldBackBy.kind}`, { name: data.heldBackBy.name })}
      </h1>
      <LayeredBar
        proven={data.proven}
        claimed={data.claimed}
        open={data.open}
        size="tall"
        thresholds={thresholdMarks((level) => levels(String(level)))}
      />
      <div className={styles.facts}>
        <ul className={styles.key}>
          {(['proven', 'claimed', 'open'] as const).map((word) => (
            <li key={word} data-word={word}>
              {t.rich(`key.${word}`, { score: Math.floor(data[word]), strong: bold })}
            </li>
          ))}
        </ul>
        <p className={styles.context}>
          {t('context', {
            level: data.level,
            name: levels(String(data.level)),
            when,
            method: data.method,
            coverage: format.number(data.coverage, { style: 'percent' }),
          })}
        </p>
      </div>
    </header>
  );
}

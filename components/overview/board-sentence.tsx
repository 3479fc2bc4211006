import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LayeredBar } from '../ui/layered-bar';
import keyStyles from '../ui/score-key.module.css';
import styles from './board-sentence.module.css';
import { thresholdMarks } from './levels';
import type { ReadinessAnswer } from './overview-types';

const strong = (chunks: ReactNode) => <strong className={styles.number}>{chunks}</strong>;
const bold = (chunks: ReactNode) => <b>{chunks}</b>;

/** The first thing the eye meets: what can be proven and what holds it back, then the same as one bar. */
export function BoardSentence({ answer, subject }: { answer: ReadinessAnswer; subject: string }) {
  const t = useTranslations('overview.sentence');
  const levels = useTranslations('terms.levels');
  const heldBack = useHeldBack();
  const isAssessed = answer.coverage > 0;
  return (
    <header className={styles.head}>
      <h1 className={`board-sentence ${styles.sentence}`}>
        {isAssessed
          ? t.rich('proven', { subject, proven: Math.floor(answer.proven), strong })
          : t('nothing', { subject })}{' '}
        {isAssessed && heldBack(answer)}
      </h1>
      <LayeredBar
        proven={answer.proven}
        claimed={answer.claimed}
        open={answer.open}
        size="tall"
        thresholds={thresholdMarks((level) => levels(String(level)))}
      />
      <div className={styles.facts}>
        <ul className={keyStyles.key}>
          {(['proven', 'claimed', 'open'] as const).map((word) => (
            <li key={word} data-word={word}>
              {t.rich(`key.${word}`, { score: Math.floor(answer[word]), strong: bold })}
            </li>
          ))}
        </ul>
        <Context answer={answer} />
      </div>
    </header>
  );
}

function Context({ answer }: { answer: ReadinessAnswer }) {
  const t = useTranslations('overview.sentence');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const isMonth = /^\d{4}-\d{2}$/.test(answer.asOf);
  const month = () => format.dateTime(new Date(`${answer.asOf}-15T12:00:00Z`), { month: 'long', year: 'numeric' });
  return (
    <p className={styles.context}>
      {t('context', {
        level: answer.level,
        name: levels(String(answer.level)),
        when: isMonth ? t('asOf', { month: month() }) : t('today'),
        method: answer.method,
        coverage: format.number(answer.coverage, { style: 'percent' }),
      })}
    </p>
  );
}

/** One cause only: a cap that decides the number, else the weakest layer – or entity, in a group. */
function useHeldBack(): (answer: ReadinessAnswer) => string | null {
  const t = useTranslations('overview.sentence.heldBack');
  const layers = useTranslations('terms.layers');
  const caps = useTranslations('terms.caps');
  return (answer) => {
    const capLoss = answer.explanation.find(({ kind }) => kind === 'cap-loss');
    if (capLoss) return t('cap', { name: caps.has(capLoss.id) ? caps(capLoss.id) : capLoss.name });
    if (answer.weakest === null) return null;
    if (answer.entity === null && answer.explanation.some(({ kind }) => kind === 'weakest-loss')) {
      return t('entity', { name: answer.weakest.name });
    }
    const layer = answer.layers
      .filter(({ score }) => score !== null)
      .toSorted((one, other) => (one.score ?? 0) - (other.score ?? 0))[0];
    return layer ? t('layer', { name: layers.has(layer.id) ? layers(layer.id) : layer.name }) : null;
  };
}

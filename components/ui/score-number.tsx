import { useFormatter, useTranslations } from 'next-intl';
import styles from './score-number.module.css';

export type ScoreWord = 'proven' | 'claimed' | 'open';

interface ScoreNumberProps {
  /** 0–100, or null where nothing has been assessed. */
  value: number | null;
  word: ScoreWord;
  size?: 'body' | 'title' | 'score';
  /** Signed change since the comparison, in points. */
  delta?: number | null;
}

/** A score never stands without its word. Shown rounded down to whole points, so that it never claims more. */
export function ScoreNumber({ value, word, size = 'body', delta }: ScoreNumberProps) {
  const t = useTranslations('ui.score');
  const format = useFormatter();
  return (
    <span className={styles.score} data-size={size} data-word={word}>
      {value === null ? (
        <span className={styles.none}>{t('none')}</span>
      ) : (
        <data value={value} className={styles.number}>
          {format.number(Math.floor(value))}
        </data>
      )}
      <span className={styles.word}>
        {t(word)}
        {delta !== undefined && delta !== null && delta !== 0 && (
          <span className={styles.delta}>
            {format.number(delta, { signDisplay: 'always', maximumFractionDigits: 1 })}
          </span>
        )}
      </span>
    </span>
  );
}

import { useTranslations } from 'next-intl';
import styles from './ladder.module.css';

interface LadderProps {
  /** What each level 0–5 means for this control, lowest first. */
  levels: readonly string[];
  documentation: number | null;
  implementation: number | null;
  target: number | null;
}

/** The maturity ladder of one control: the six level texts, with the two marks and the target standing on their rungs. */
export function Ladder({ levels, documentation, implementation, target }: LadderProps) {
  const t = useTranslations('ui.ladder');
  const terms = useTranslations('terms.maturity');
  const marks = { documentation, implementation, target };
  const rungs = levels.map((text, level) => ({ level, text })).toReversed();
  return (
    <ol className={styles.ladder} reversed start={levels.length - 1}>
      {rungs.map(({ level, text }) => {
        const here = (['documentation', 'implementation', 'target'] as const).filter((mark) => marks[mark] === level);
        return (
          <li key={level} data-marked={here.length > 0 || undefined} data-target={target === level || undefined}>
            <span className={styles.level}>
              <b>{level}</b> {terms(String(level))}
            </span>
            <span className={styles.text}>{text}</span>
            <span className={styles.marks}>
              {here.map((mark) => (
                <span key={mark} data-mark={mark}>
                  {t(mark)}
                </span>
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

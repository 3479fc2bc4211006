import Link from 'next/link';
import { useTranslations } from 'next-intl';
import styles from './ask-list.module.css';
import type { Decision } from './decisions';

const NAMED = 2;

/** What is asked of the reader, each with what can be decided. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  const t = useTranslations('overview.decisions');
  if (decisions.length === 0) return <p className={styles.none}>{t('none')}</p>;
  return (
    <ul className={styles.list}>
      {decisions.map((decision) => (
        <li key={decision.id}>
          <DecisionWords decision={decision} />
        </li>
      ))}
    </ul>
  );
}

function DecisionWords({ decision: { kind, id, count, names, href } }: { decision: Decision }) {
  const t = useTranslations('overview.decisions');
  if (kind !== 'cap') {
    return (
      <>
        <Link href={href}>{t(`${kind}.title`, { count })}</Link>
        <span className={styles.detail}>{t(`${kind}.options`)}</span>
      </>
    );
  }
  const key = t.has(`caps.${id}.title`) ? id : 'other';
  return (
    <>
      <Link href={href}>{t(`caps.${key}.title`)}</Link>
      <span className={styles.detail}>
        <span>{t('where', { names: names.slice(0, NAMED).join(', '), more: Math.max(0, names.length - NAMED) })}</span>
        <span>{t(`caps.${key}.options`)}</span>
      </span>
    </>
  );
}

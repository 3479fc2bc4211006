import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  /** What this is, as a short statement: "No evidence yet". */
  title: string;
  /** What will stand here and what it is good for. */
  what: ReactNode;
  /** Why the law asks for it, with its link. */
  why?: ReactNode;
  /** The one thing to do. */
  action?: ReactNode;
}

/** An empty page teaches: what belongs here, why the law asks, one button. */
export function EmptyState({ title, what, why, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p>{what}</p>
      {why && <p className={styles.why}>{why}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

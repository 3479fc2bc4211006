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
  /** Stands for the whole page: its title is the page's heading. */
  isPage?: boolean;
}

/** An empty page teaches: what belongs here, why the law asks, one button. */
export function EmptyState({ title, what, why, action, isPage }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      <Title className={styles.title}>{title}</Title>
      <p>{what}</p>
      {why && <p className={styles.why}>{why}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

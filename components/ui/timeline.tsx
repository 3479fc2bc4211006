import { useFormatter } from 'next-intl';
import type { ReactNode } from 'react';
import styles from './timeline.module.css';

export interface TimelineEntry {
  id: string;
  /** ISO 8601 instant. */
  at: string;
  title: ReactNode;
  by?: string;
  body?: ReactNode;
  tone?: 'good' | 'attention' | 'serious';
}

/** What happened, newest first, as a list with instants. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const format = useFormatter();
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.id} data-tone={entry.tone}>
          <p className={styles.when}>
            <time dateTime={entry.at}>
              {format.dateTime(new Date(entry.at), { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
            {entry.by && <span> · {entry.by}</span>}
          </p>
          <p className={styles.title}>{entry.title}</p>
          {entry.body && <div className={styles.body}>{entry.body}</div>}
        </li>
      ))}
    </ol>
  );
}

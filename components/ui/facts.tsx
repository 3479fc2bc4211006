import type { ReactNode } from 'react';
import styles from './facts.module.css';

interface FactsProps {
  items: readonly { label: string; value: ReactNode }[];
}

/** Labelled facts about one thing, as a definition list in two columns. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useId, type ReactNode } from 'react';
import styles from './section.module.css';

interface SectionProps {
  title: string;
  sentence?: ReactNode;
  actions?: ReactNode;
  /** For links into the page. */
  id?: string;
  /** Level of the heading: 2 under the page's title, 3 inside a section. */
  level?: 2 | 3;
  children: ReactNode;
}

/** A part of a page under a hairline: lines before boxes. */
export function Section({ title, sentence, actions, id, level = 2, children }: SectionProps) {
  const headingId = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.section} aria-labelledby={headingId} id={id}>
      <div className={styles.head}>
        <div>
          <Heading id={headingId} className={level === 2 ? styles.title : styles.subtitle}>
            {title}
          </Heading>
          {sentence && <p className={styles.sentence}>{sentence}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

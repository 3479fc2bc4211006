import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import styles from './page-header.module.css';

export interface TrailStep {
  label: string;
  href: string;
}

interface PageHeaderProps {
  title: string;
  /** One sentence under the title: what this page tells or is for. */
  sentence?: ReactNode;
  /** The way here, outermost first, without this page. */
  trail?: readonly TrailStep[];
  /** Beside the title, before the actions: a state, a level. */
  state?: ReactNode;
  actions?: ReactNode;
}

/** The top of every page: where you are in words, its name, one sentence, what you can do. */
export function PageHeader({ title, sentence, trail = [], state, actions }: PageHeaderProps) {
  const t = useTranslations('ui');
  return (
    <header className={styles.header}>
      {trail.length > 0 && (
        <nav aria-label={t('breadcrumb')} className={styles.trail}>
          <ol>
            {trail.map((step) => (
              <li key={step.href}>
                <Link href={step.href}>{step.label}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={styles.row}>
        <div className={styles.words}>
          <h1 className={styles.title}>
            {title}
            {state && <span className={styles.state}>{state}</span>}
          </h1>
          {sentence && <p className={styles.sentence}>{sentence}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </header>
  );
}

import { useTranslations } from 'next-intl';
import styles from './skeletons.module.css';

/** Grey lines where text will stand. */
export function SkeletonLines({ count = 3 }: { count?: number }) {
  return (
    <div className={styles.lines} aria-hidden>
      {Array.from({ length: count }, (_, line) => (
        <span key={line} style={{ width: `${[92, 78, 85, 64][line % 4]}%` }} />
      ))}
    </div>
  );
}

/** Grey rows where a table will stand. */
export function SkeletonTable({ rows = 8 }: { rows?: number }) {
  return (
    <div className={styles.table} aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

/** A whole page on its way; tells assistive technology once that it loads. */
export function PageSkeleton({ rows }: { rows?: number }) {
  const t = useTranslations('ui');
  return (
    <div>
      <output className="only-screen-reader">{t('loading')}</output>
      <div className={styles.head} aria-hidden>
        <span />
        <span />
      </div>
      <SkeletonTable rows={rows} />
    </div>
  );
}

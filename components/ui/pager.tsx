'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ButtonLink } from './button-link';
import styles from './pager.module.css';

interface PagerProps {
  /** Cursor of the next page, null on the last one. */
  next: string | null;
  /** How many rows this page shows. */
  shown: number;
}

/** Steps through a list by cursor; the first page is one link away. */
export function Pager({ next, shown }: PagerProps) {
  const t = useTranslations('ui.pager');
  const pathname = usePathname();
  const parameters = useSearchParams();
  const isFirst = !parameters.has('cursor');
  if (isFirst && !next) return null;
  return (
    <nav className={styles.pager} aria-label={t('label')}>
      <span>{t('shown', { count: shown })}</span>
      {!isFirst && (
        <ButtonLink size="small" href={addressWith(pathname, parameters, null)}>
          {t('first')}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink size="small" href={addressWith(pathname, parameters, next)}>
          {t('next')}
        </ButtonLink>
      )}
    </nav>
  );
}

function addressWith(pathname: string, current: URLSearchParams, cursor: string | null): string {
  const parameters = new URLSearchParams(current);
  if (cursor) parameters.set('cursor', cursor);
  else parameters.delete('cursor');
  return `${pathname}?${parameters}`;
}

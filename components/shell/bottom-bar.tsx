'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import styles from './bottom-bar.module.css';
import { currentItem, hrefWithScope, phoneItems } from './nav-items';

/** On a phone: the four most used pages within reach of a thumb. */
export function BottomBar({ allowed }: { allowed: readonly string[] }) {
  const t = useTranslations('shell');
  const current = currentItem(usePathname())?.id;
  const parameters = useSearchParams();
  return (
    <nav className={styles.bar} aria-label={t('mostUsed')}>
      {phoneItems(allowed).map((item) => {
        const Icon = item.icon;
        return (
          <Link
            key={item.id}
            href={hrefWithScope(item, parameters)}
            aria-current={item.id === current ? 'page' : undefined}
          >
            <Icon aria-hidden />
            {t(`nav.${item.id}`)}
          </Link>
        );
      })}
    </nav>
  );
}

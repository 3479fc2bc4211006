'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import styles from './link-tabs.module.css';

interface LinkTabsProps {
  label: string;
  /** The search parameter the tab lives in. */
  param: string;
  /** The first one is what the page shows without the parameter. */
  tabs: readonly { value: string; label: string; count?: number }[];
}

/** Views of one page as links, so that each has an address. */
export function LinkTabs({ label, param, tabs }: LinkTabsProps) {
  const pathname = usePathname();
  const current = useSearchParams();
  const chosen = current.get(param) ?? tabs[0]?.value;
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab, position) => {
        const parameters = new URLSearchParams(current);
        parameters.delete('cursor');
        if (position === 0) parameters.delete(param);
        else parameters.set(param, tab.value);
        const query = parameters.toString();
        return (
          <Link
            key={tab.value}
            href={query ? `${pathname}?${query}` : pathname}
            scroll={false}
            aria-current={tab.value === chosen ? 'page' : undefined}
          >
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}

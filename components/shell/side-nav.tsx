'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Logo } from './logo';
import { allowedSections, currentItem, hrefWithScope, type NavItem } from './nav-items';
import styles from './side-nav.module.css';

interface SideNavProps {
  allowed: readonly string[];
  /** Called after a choice, to close the drawer on a phone. */
  onGo?: () => void;
}

export function SideNav({ allowed, onGo }: SideNavProps) {
  const t = useTranslations('shell');
  return (
    <div className={styles.side}>
      <Link href="/" className={styles.brand} onClick={onGo}>
        <Logo />
        Heptad
      </Link>
      <nav aria-label={t('navigation')} className={styles.nav}>
        {allowedSections(allowed).map((section) => (
          <div key={section.items[0]?.id} className={styles.section}>
            {section.id && <p className={styles.heading}>{t(`sections.${section.id}`)}</p>}
            <ul>
              {section.items.map((item) => (
                <li key={item.id}>
                  <NavLink item={item} onGo={onGo} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}

function NavLink({ item, onGo }: { item: NavItem; onGo?: () => void }) {
  const t = useTranslations('shell.nav');
  const isCurrent = currentItem(usePathname())?.id === item.id;
  const Icon = item.icon;
  return (
    <Link
      href={hrefWithScope(item, useSearchParams())}
      className={styles.link}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onGo}
    >
      <Icon aria-hidden className={styles.icon} />
      {t(item.id)}
    </Link>
  );
}

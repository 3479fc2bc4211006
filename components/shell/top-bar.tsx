'use client';

import MenuOutlined from '@mui/icons-material/MenuOutlined';
import IconButton from '@mui/material/IconButton';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { LanguageSwitch } from './language-switch';
import { currentItem } from './nav-items';
import { PersonMenu } from './person-menu';
import { EntityScope } from './entity-scope';
import { MonthScope } from './month-scope';
import { SearchButton } from './search-button';
import type { ShellUser } from './shell-types';
import { ThemeSwitch } from './theme-switch';
import styles from './top-bar.module.css';

const PhoneNav = dynamic(async () => (await import('./phone-nav')).PhoneNav, { ssr: false });

interface TopBarProps {
  user: ShellUser;
  allowed: readonly string[];
}

/** Where we look (organisation, entity, month) on the left; search and the person on the right. */
export function TopBar({ user, allowed }: TopBarProps) {
  const isScoped = currentItem(usePathname())?.isScoped ?? false;
  return (
    <header className={styles.bar}>
      <PhoneNavButton allowed={allowed} />
      <div className={styles.scope}>
        <span className={styles.organisation} title={user.organisation.name}>
          {user.organisation.name}
        </span>
        {isScoped && (
          <>
            <EntityScope />
            {!user.isAuditor && <MonthScope />}
          </>
        )}
      </div>
      <div className={styles.tools}>
        <SearchButton allowed={allowed} />
        <span className={styles.switches}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
        <PersonMenu user={user} />
      </div>
    </header>
  );
}

function PhoneNavButton({ allowed }: { allowed: readonly string[] }) {
  const t = useTranslations('shell');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <span className={styles.phoneOnly}>
      <IconButton aria-label={t('openNavigation')} aria-expanded={isOpen} edge="start" onClick={() => setIsOpen(true)}>
        <MenuOutlined fontSize="inherit" />
      </IconButton>
      {isOpen && <PhoneNav allowed={allowed} onClose={() => setIsOpen(false)} />}
    </span>
  );
}

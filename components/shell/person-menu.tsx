'use client';

import ButtonBase from '@mui/material/ButtonBase';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Person } from '../ui/person';
import styles from './person-menu.module.css';
import type { ShellUser } from './shell-types';

const PersonMenuList = dynamic(async () => (await import('./person-menu-list')).PersonMenuList, { ssr: false });

/** The person: who is signed in, how they like to read, the way out. */
export function PersonMenu({ user }: { user: ShellUser }) {
  const t = useTranslations('shell.person');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <ButtonBase
        className={styles.button}
        aria-label={t('menu', { name: user.name })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Person name={user.name} isCompact />
      </ButtonBase>
      {anchor && <PersonMenuList user={user} anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  );
}

'use client';

import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Person } from '../ui/person';
import { LANGUAGES, useLanguage } from './language-switch';
import styles from './person-menu.module.css';
import type { ShellUser } from './shell-types';
import { SCHEMES } from './theme-switch';
import { useDensity } from './use-density';
import { useSignOut } from './use-sign-out';

/** The person: who is signed in, how they like to read, the way out. */
export function PersonMenu({ user }: { user: ShellUser }) {
  const t = useTranslations('shell');
  const roles = useTranslations('terms.roles');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [density, setDensity] = useDensity();
  const signOut = useSignOut();
  const close = () => setAnchor(null);
  return (
    <>
      <ButtonBase
        className={styles.button}
        aria-label={t('person.menu', { name: user.name })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Person name={user.name} isCompact />
      </ButtonBase>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { sx: { width: 264 } } }}>
        <li className={styles.who} role="presentation">
          <b>{user.name}</b>
          <span>{roles.has(user.role) ? roles(user.role) : user.role}</span>
          <span>{user.email}</span>
        </li>
        <Divider component="li" />
        <MenuItem component={Link} href="/settings" onClick={close}>
          {t('nav.settings')}
        </MenuItem>
        <MenuItem onClick={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}>
          {t(density === 'compact' ? 'density.toComfortable' : 'density.toCompact')}
        </MenuItem>
        <PhoneSwitches onDone={close} />
        <Divider component="li" />
        <MenuItem onClick={() => signOut('/session')}>{t('person.signOut')}</MenuItem>
        <MenuItem onClick={() => signOut('/account/sessions')}>{t('person.signOutEverywhere')}</MenuItem>
      </Menu>
    </>
  );
}

/** Language and theme, which have no room in the top bar of a phone. */
function PhoneSwitches({ onDone }: { onDone: () => void }) {
  const t = useTranslations('shell.theme');
  const { mode, setMode } = useColorScheme();
  const { locale, choose } = useLanguage();
  const next = SCHEMES[(SCHEMES.findIndex((scheme) => scheme.mode === mode) + 1) % SCHEMES.length];
  return (
    <>
      {LANGUAGES.filter(({ code }) => code !== locale).map(({ code, name }) => (
        <MenuItem
          key={code}
          lang={code}
          className={styles.phoneOnly}
          onClick={() => {
            onDone();
            choose(code);
          }}
        >
          {name}
        </MenuItem>
      ))}
      {next && (
        <MenuItem className={styles.phoneOnly} onClick={() => setMode(next.mode)}>
          {t('change', { scheme: t(next.mode) })}
        </MenuItem>
      )}
    </>
  );
}

'use client';

import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import styles from './person-menu.module.css';
import type { ShellUser } from './shell-types';
import { SCHEMES } from './theme-menu';
import { useDensity } from './use-density';
import { LANGUAGES, useLanguage } from './use-language';
import { useSignOut } from './use-sign-out';

interface PersonMenuListProps {
  user: ShellUser;
  anchor: HTMLElement;
  onClose: () => void;
}

export function PersonMenuList({ user, anchor, onClose }: PersonMenuListProps) {
  const t = useTranslations('shell');
  const roles = useTranslations('terms.roles');
  const [density, setDensity] = useDensity();
  const signOut = useSignOut();
  return (
    <Menu anchorEl={anchor} open onClose={onClose} slotProps={{ paper: { sx: { width: 264 } } }}>
      <li className={styles.who} role="presentation">
        <b>{user.name}</b>
        <span>{roles.has(user.role) ? roles(user.role) : user.role}</span>
        <span>{user.email}</span>
      </li>
      <Divider component="li" />
      <MenuItem component={Link} href="/settings" onClick={onClose}>
        {t('nav.settings')}
      </MenuItem>
      <MenuItem onClick={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}>
        {t(density === 'compact' ? 'density.toComfortable' : 'density.toCompact')}
      </MenuItem>
      <PhoneSwitches onDone={onClose} />
      <Divider component="li" />
      <MenuItem onClick={() => signOut('/session')}>{t('person.signOut')}</MenuItem>
      <MenuItem onClick={() => signOut('/account/sessions')}>{t('person.signOutEverywhere')}</MenuItem>
    </Menu>
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

'use client';

import ContrastOutlined from '@mui/icons-material/ContrastOutlined';
import IconButton from '@mui/material/IconButton';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const ThemeMenu = dynamic(async () => (await import('./theme-menu')).ThemeMenu, { ssr: false });

export function ThemeSwitch() {
  const t = useTranslations('shell.theme');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={t('label')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <ContrastOutlined fontSize="inherit" />
      </IconButton>
      {anchor && <ThemeMenu anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  );
}

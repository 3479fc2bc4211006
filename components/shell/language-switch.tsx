'use client';

import TranslateOutlined from '@mui/icons-material/TranslateOutlined';
import IconButton from '@mui/material/IconButton';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';

// Menus arrive with their first opening; the page's first load does without them.
const LanguageMenu = dynamic(async () => (await import('./language-menu')).LanguageMenu, { ssr: false });

export function LanguageSwitch() {
  const t = useTranslations('shell');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={t('language')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <TranslateOutlined fontSize="inherit" />
      </IconButton>
      {anchor && <LanguageMenu anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  );
}

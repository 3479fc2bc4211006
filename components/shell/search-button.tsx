'use client';

import SearchOutlined from '@mui/icons-material/SearchOutlined';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import styles from './search-button.module.css';

const CommandPalette = dynamic(async () => (await import('./command-palette')).CommandPalette, { ssr: false });

/** Opens the command palette, by press or by Ctrl/⌘ K; its code arrives with the first opening. */
export function SearchButton({ allowed }: { allowed: readonly string[] }) {
  const t = useTranslations('shell.search');
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setIsOpen((open) => !open);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      <ButtonBase
        className={styles.button}
        onClick={() => setIsOpen(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchOutlined aria-hidden />
        <span className={styles.label}>{t('open')}</span>
        <kbd className={styles.keys} aria-hidden>
          Ctrl K
        </kbd>
      </ButtonBase>
      {isOpen && <CommandPalette allowed={allowed} onClose={() => setIsOpen(false)} />}
    </>
  );
}

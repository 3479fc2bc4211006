'use client';

import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import styles from './help-hint.module.css';

interface HelpHintProps {
  /** The word that is explained; names the button. */
  term: string;
  /** One line in plain words. */
  children: ReactNode;
}

/** A one-line explanation at hand: opens on press, so that touch and keyboard reach it too. */
export function HelpHint({ term, children }: HelpHintProps) {
  const t = useTranslations('ui');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        size="small"
        className={styles.button}
        aria-label={t('explain', { term })}
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <HelpOutline fontSize="inherit" />
      </IconButton>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      >
        <div className={styles.text}>{children}</div>
      </Popover>
    </>
  );
}

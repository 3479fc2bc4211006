'use client';

import CloseOutlined from '@mui/icons-material/CloseOutlined';
import MuiDrawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import { useTranslations } from 'next-intl';
import { useId, type ReactNode } from 'react';
import styles from './drawer.module.css';

interface DrawerProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Above the title in small type: where the thing belongs. */
  kicker?: ReactNode;
  /** Stays visible at the bottom: the actions. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The 480-pixel drawer at the right; the whole width on a phone. Keeps the page behind it where it was. */
export function Drawer({ isOpen, onClose, title, kicker, footer, children }: DrawerProps) {
  const t = useTranslations('ui');
  const titleId = useId();
  return (
    <MuiDrawer
      anchor="right"
      open={isOpen}
      onClose={onClose}
      slotProps={{ paper: { className: styles.paper, role: 'dialog', 'aria-modal': true, 'aria-labelledby': titleId } }}
    >
      <header className={styles.head}>
        <div>
          {kicker && <p className={styles.kicker}>{kicker}</p>}
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
        </div>
        <IconButton onClick={onClose} aria-label={t('close')} edge="end">
          <CloseOutlined fontSize="inherit" />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.foot}>{footer}</footer>}
    </MuiDrawer>
  );
}

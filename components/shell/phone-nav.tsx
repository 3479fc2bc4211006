'use client';

import Drawer from '@mui/material/Drawer';
import { useTranslations } from 'next-intl';
import { SideNav } from './side-nav';

/** The whole navigation in a drawer from the left. */
export function PhoneNav({ allowed, onClose }: { allowed: readonly string[]; onClose: () => void }) {
  const t = useTranslations('shell');
  return (
    <Drawer
      open
      onClose={onClose}
      slotProps={{ paper: { sx: { width: 280, bgcolor: 'var(--paper)' }, 'aria-label': t('navigation') } }}
    >
      <SideNav allowed={allowed} onGo={onClose} />
    </Drawer>
  );
}

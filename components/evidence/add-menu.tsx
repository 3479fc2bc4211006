'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LinkDialog } from './link-dialog';
import { MinutesDialog } from './minutes-dialog';
import { TrainingDialog } from './training-dialog';

interface AddMenuProps {
  today: string;
  people: readonly { id: string; name: string }[];
}

/** Proof that is no file: minutes and training as forms, links to what is kept elsewhere. */
export function AddMenu({ today, people }: AddMenuProps) {
  const t = useTranslations('evidence.add');
  const [open, setOpen] = useState<'link' | 'minutes' | 'training' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen('minutes')}>
        {t('minutes')}
      </Button>
      <Button variant="outlined" onClick={() => setOpen('training')}>
        {t('training')}
      </Button>
      <Button variant="outlined" onClick={() => setOpen('link')}>
        {t('link')}
      </Button>
      {open === 'link' && <LinkDialog today={today} onClose={close} />}
      {open === 'minutes' && <MinutesDialog today={today} onClose={close} />}
      {open === 'training' && <TrainingDialog today={today} people={people} onClose={close} />}
    </>
  );
}

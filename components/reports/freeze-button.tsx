'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { dayIn } from './report-types';

interface FreezeButtonProps {
  /** `YYYY-MM`. */
  month: string;
  /** It is frozen already, so this would restate it. */
  isAgain: boolean;
}

/** Freezes the running month on demand; the worker closes months by itself. */
export function FreezeButton({ month, isAgain }: FreezeButtonProps) {
  const t = useTranslations('reports.freeze');
  const format = useFormatter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const named = { month: format.dateTime(dayIn(month), { month: 'long', year: 'numeric' }) };
  const freeze = useChange({
    request: () => ({ method: 'POST', path: '/snapshots', body: { month } }),
    onDone: () => {
      setOpen(false);
      toast({ message: t('done', named) });
    },
  });
  return (
    <>
      <Button
        variant={isAgain ? 'outlined' : 'contained'}
        color={isAgain ? 'inherit' : 'primary'}
        onClick={() => setOpen(true)}
      >
        {t(isAgain ? 'again' : 'button', named)}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('title', named)}
        confirmLabel={t('confirm')}
        isBusy={freeze.isRunning}
        onConfirm={() => freeze.run(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('what')}</p>
        {isAgain && <p>{t('restates', named)}</p>}
        {freeze.problem && <ErrorPanel problem={freeze.problem} />}
      </ConfirmDialog>
    </>
  );
}

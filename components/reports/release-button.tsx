'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ReportItem } from '@/lib/features/reports/schema';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './reports.module.css';

/** Releases a report; to whoever prepared it, says that somebody else has to. */
export function ReleaseButton({ report }: { report: NonNullable<ReportItem['report']> }) {
  const t = useTranslations('reports.release');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const release = useChange({
    request: () => ({ method: 'POST', path: `/reports/${report.id}/release`, body: {}, ifMatch: report.version }),
    onDone: () => {
      setOpen(false);
      toast({ message: t('done') });
    },
  });
  if (!report.mayRelease) return <p className={styles.small}>{t('own')}</p>;
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('title')}
        confirmLabel={t('confirm')}
        isBusy={release.isRunning}
        onConfirm={() => release.run(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('what')}</p>
        {release.problem && <ErrorPanel problem={release.problem} />}
      </ConfirmDialog>
    </>
  );
}

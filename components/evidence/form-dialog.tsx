'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { useId, type ReactNode } from 'react';
import type { Problem } from '../api';
import { ErrorPanel } from '../ui/error-panel';
import { FormIssues } from '../ui/form-issues';
import styles from './evidence.module.css';

interface FormDialogProps {
  title: string;
  sentence: string;
  submitLabel: string;
  isBusy: boolean;
  problem: Problem | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: what it is for, its fields with the server's issues beside them, one button. */
export function FormDialog({
  title,
  sentence,
  submitLabel,
  isBusy,
  problem,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const t = useTranslations('ui');
  const titleId = useId();
  const formId = useId();
  return (
    <Dialog open onClose={isBusy ? undefined : onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <p>{sentence}</p>
        {problem && <ErrorPanel problem={problem} />}
        <FormIssues issues={problem?.issues}>
          <form
            id={formId}
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {children}
          </form>
        </FormIssues>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isBusy}>
          {t('cancel')}
        </Button>
        <Button type="submit" form={formId} variant="contained" color="primary" loading={isBusy}>
          {submitLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

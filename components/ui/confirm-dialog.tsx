'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { useId, type ReactNode } from 'react';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  /** What will happen, in a sentence, and whether it can be undone. */
  children: ReactNode;
  /** The act as a verb: "Withdraw evidence". */
  confirmLabel: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before an act that others will notice. Focus starts on the way back, so Enter never destroys. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('ui');
  const titleId = useId();
  return (
    <Dialog
      open={props.isOpen}
      onClose={props.isBusy ? undefined : props.onCancel}
      aria-labelledby={titleId}
      maxWidth="xs"
      fullWidth
    >
      <DialogTitle id={titleId}>{props.title}</DialogTitle>
      <DialogContent>{props.children}</DialogContent>
      <DialogActions>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter must lead back, never destroy. */}
        <Button onClick={props.onCancel} disabled={props.isBusy} autoFocus>
          {t('cancel')}
        </Button>
        <Button
          variant="contained"
          color={props.isDangerous ? 'error' : 'primary'}
          onClick={props.onConfirm}
          loading={props.isBusy}
        >
          {props.confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { Problem } from '../problem';

interface StepUpDialogProps {
  open: boolean;
  /** Resolves when the session is fresh; rejects with a {@link Problem} when the password is wrong. */
  onConfirm: (password: string) => Promise<void>;
  onCancel: () => void;
}

/** Asks for the password again before an act that needs a sign-in of the last five minutes. */
export function StepUpDialog({ open, onConfirm, onCancel }: StepUpDialogProps) {
  const t = useTranslations('ui');
  const titleId = useId();
  return (
    <Dialog open={open} onClose={onCancel} aria-labelledby={titleId} maxWidth="xs" fullWidth>
      <DialogTitle id={titleId}>{t('stepUp.title')}</DialogTitle>
      <PasswordForm onConfirm={onConfirm} onCancel={onCancel} />
    </Dialog>
  );
}

/** Mounted anew with each opening, so a typed password never outlives its dialog. */
function PasswordForm({ onConfirm, onCancel }: Omit<StepUpDialogProps, 'open'>) {
  const t = useTranslations('ui');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsBusy(true);
    setFailure(null);
    try {
      await onConfirm(password);
    } catch (error) {
      if (error instanceof Problem && error.retryAfter) setFailure(t('stepUp.wait', { seconds: error.retryAfter }));
      else if (error instanceof Problem && error.isTransient) setFailure(t('error.offline'));
      else setFailure(t('stepUp.wrong'));
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <DialogContent>
        <DialogContentText sx={{ mb: 4 }}>{t('stepUp.why')}</DialogContentText>
        <TextField
          type="password"
          name="password"
          autoComplete="current-password"
          label={t('stepUp.password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={failure !== null}
          helperText={failure}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only field of the dialog.
          autoFocus
          required
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" variant="contained" color="primary" loading={isBusy} disabled={password === ''}>
          {t('stepUp.confirm')}
        </Button>
      </DialogActions>
    </form>
  );
}

'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';

/** Proposes a withdrawal with its reason; a second person decides, so nothing disappears by one hand. */
export function WithdrawalButton({ id, version }: { id: string; version: number }) {
  const t = useTranslations('evidence.withdrawal');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const propose = useChange({
    request: (text: string) => ({
      method: 'POST',
      path: `/evidence/${id}/withdrawal`,
      body: { reason: text },
      ifMatch: version,
    }),
    invalidates: [['evidence', id]],
    onDone: () => {
      setOpen(false);
      toast({ message: t('done') });
    },
  });
  return (
    <>
      <Button color="error" variant="text" onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('heading')}
        confirmLabel={t('confirm')}
        isDangerous
        isBusy={propose.isRunning}
        onConfirm={() => propose.run(reason)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('explain')}</p>
        {propose.problem && <ErrorPanel problem={propose.problem} />}
        <FormIssues issues={propose.problem?.issues}>
          <TextInput
            name="reason"
            label={t('reason')}
            value={reason}
            onChange={setReason}
            multiline
            minRows={2}
            fullWidth
            required
          />
        </FormIssues>
      </ConfirmDialog>
    </>
  );
}

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

/** Signs a frozen month as prepared, with a note for those who read it. */
export function PrepareButton({ snapshot }: { snapshot: string }) {
  const t = useTranslations('reports.prepare');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const prepare = useChange({
    request: (text: string) => ({
      method: 'POST',
      path: `/snapshots/${snapshot}/report`,
      body: text.trim() === '' ? {} : { note: text },
    }),
    onDone: () => {
      setOpen(false);
      toast({ message: t('done') });
    },
  });
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('title')}
        confirmLabel={t('confirm')}
        isBusy={prepare.isRunning}
        onConfirm={() => prepare.run(note)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('what')}</p>
        {prepare.problem && <ErrorPanel problem={prepare.problem} />}
        <FormIssues issues={prepare.problem?.issues}>
          <TextInput
            name="note"
            label={t('note')}
            value={note}
            onChange={setNote}
            helperText={t('noteHelp')}
            multiline
            minRows={2}
            fullWidth
          />
        </FormIssues>
      </ConfirmDialog>
    </>
  );
}

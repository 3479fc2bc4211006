'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EntityDetail } from '@/lib/features/entities/queries';
import { FormDialog } from '../evidence/form-dialog';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './entities.module.css';

const CLASSES = ['essential', 'important', 'domain_registration_only', 'national_option', 'out_of_scope'];

/** Another class than the rules give – with the reason – and archiving. */
export function EntityActions({ entity }: { entity: EntityDetail }) {
  const t = useTranslations('entities');
  const classes = useTranslations('terms.classification');
  const toast = useToast();
  const [open, setOpen] = useState<'override' | 'archive' | null>(null);
  const [fields, setFields] = useState<{ classification: string; reason: string }>({
    classification: entity.classification,
    reason: '',
  });
  const close = () => setOpen(null);
  const override = useChange({
    request: (body: { classification: string | null; reason?: string }) => ({
      method: 'PUT',
      path: `/entities/${entity.id}/classification`,
      ifMatch: entity.version,
      body,
    }),
    onDone: () => {
      close();
      toast({ message: t('saved') });
    },
  });
  const archive = useChange({
    request: (verb: 'archive' | 'restore') => ({
      method: 'POST',
      path: `/entities/${entity.id}/${verb}`,
      ifMatch: entity.version,
      body: {},
    }),
    onDone: (_answer, verb) => {
      close();
      toast({ message: t(verb === 'archive' ? 'archivedNow' : 'restoredNow') });
    },
  });
  return (
    <div className={styles.buttons}>
      {archive.problem && <ErrorPanel problem={archive.problem} />}
      {entity.isArchived ? (
        <Button variant="outlined" loading={archive.isRunning} onClick={() => archive.run('restore')}>
          {t('restore')}
        </Button>
      ) : (
        <>
          <Button variant="outlined" onClick={() => setOpen('override')}>
            {t('override')}
          </Button>
          {entity.override && (
            <Button variant="text" loading={override.isRunning} onClick={() => override.run({ classification: null })}>
              {t('overrideEnd')}
            </Button>
          )}
          <Button variant="text" color="error" onClick={() => setOpen('archive')}>
            {t('archive')}
          </Button>
        </>
      )}
      {open === 'override' && (
        <FormDialog
          title={t('override')}
          sentence={t('overrideSentence')}
          submitLabel={t('save')}
          isBusy={override.isRunning}
          problem={override.problem}
          onSubmit={() => override.run(fields)}
          onClose={close}
        >
          <SelectInput
            name="classification"
            label={t('class')}
            value={fields.classification}
            onChange={(classification) => setFields({ ...fields, classification })}
            options={CLASSES.map((value) => ({ value, label: classes(value) }))}
            fullWidth
          />
          <TextInput
            name="reason"
            label={t('overrideReason')}
            value={fields.reason}
            onChange={(reason) => setFields({ ...fields, reason })}
            multiline
            minRows={3}
            fullWidth
            required
          />
        </FormDialog>
      )}
      <ConfirmDialog
        isOpen={open === 'archive'}
        title={t('archiveTitle', { name: entity.name })}
        confirmLabel={t('archive')}
        isDangerous
        isBusy={archive.isRunning}
        onConfirm={() => archive.run('archive')}
        onCancel={close}
      >
        <p>{t('archiveExplain')}</p>
      </ConfirmDialog>
    </div>
  );
}

'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../evidence/form-dialog';
import { MultiSelect } from '../settings/multi-select';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { DateField } from '../ui/date-field';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './audit.module.css';

interface NewEngagementProps {
  today: string;
  auditors: readonly { id: string; name: string }[];
  entities: readonly { id: string; name: string }[];
}

/** Opens a window for an auditor: from when, until when, which entities. */
export function NewEngagement({ today, auditors, entities }: NewEngagementProps) {
  const t = useTranslations('audit');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [fields, setFields] = useState({
    title: '',
    purpose: '',
    auditorId: auditors[0]?.id ?? '',
    from: today,
    to: null as string | null,
    entityIds: [] as string[],
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const create = useChange({
    request: ({ from, to, purpose, ...body }: typeof fields) => ({
      method: 'POST',
      path: '/engagements',
      // Days are whole days where the person sits.
      body: {
        ...body,
        ...(purpose && { purpose }),
        startsAt: new Date(`${from}T00:00:00`).toISOString(),
        endsAt: new Date(`${to ?? from}T23:59:59`).toISOString(),
      },
    }),
    onDone: () => {
      setOpen(false);
      toast({ message: t('created') });
    },
  });
  return (
    <>
      <Button variant="contained" color="primary" onClick={() => setOpen(true)}>
        {t('new')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('new')}
          sentence={t('newSentence')}
          submitLabel={t('create')}
          isBusy={create.isRunning}
          problem={create.problem}
          onSubmit={() => create.run(fields)}
          onClose={() => setOpen(false)}
        >
          <TextInput
            name="title"
            label={t('name')}
            value={fields.title}
            onChange={(title) => set({ title })}
            required
            fullWidth
          />
          <TextInput
            name="purpose"
            label={t('purpose')}
            value={fields.purpose}
            onChange={(purpose) => set({ purpose })}
            multiline
            minRows={2}
            fullWidth
          />
          <SelectInput
            name="auditorId"
            label={t('auditor')}
            value={fields.auditorId}
            onChange={(auditorId) => set({ auditorId })}
            options={auditors.map(({ id, name }) => ({ value: id, label: name }))}
            helperText={auditors.length === 0 ? t('noAuditor') : undefined}
            fullWidth
          />
          <div className={styles.pair}>
            <DateField
              name="startsAt"
              label={t('from')}
              value={fields.from}
              onChange={(day) => set({ from: day ?? today })}
              isRequired
            />
            <DateField
              name="endsAt"
              label={t('to')}
              value={fields.to}
              min={fields.from}
              onChange={(to) => set({ to })}
              isRequired
            />
          </div>
          <MultiSelect
            name="entityIds"
            label={t('scope')}
            value={fields.entityIds}
            onChange={(entityIds) => set({ entityIds })}
            options={entities.map(({ id, name }) => ({ value: id, label: name }))}
            helperText={t('scopeHelp')}
          />
        </FormDialog>
      )}
    </>
  );
}

/** Ends an engagement at once. */
export function EndEngagement({ id, version, title }: { id: string; version: number; title: string }) {
  const t = useTranslations('audit');
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const end = useChange({
    request: () => ({ method: 'POST', path: `/engagements/${id}/end`, ifMatch: version, body: {} }),
    onDone: () => {
      setOpen(false);
      toast({ message: t('ended') });
    },
  });
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        {t('end')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('endTitle', { title })}
        confirmLabel={t('end')}
        isDangerous
        isBusy={end.isRunning}
        onConfirm={() => end.run(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('endExplain')}</p>
        {end.problem && <ErrorPanel problem={end.problem} />}
      </ConfirmDialog>
    </>
  );
}

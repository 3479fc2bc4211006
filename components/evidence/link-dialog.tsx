'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateField } from '../ui/date-field';
import { TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { ControlPicker } from './control-picker';
import { FormDialog } from './form-dialog';
import { TypeSelect } from './type-select';

/** Points at proof that is kept in another system. */
export function LinkDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const t = useTranslations('evidence.linkForm');
  const toast = useToast();
  const [fields, setFields] = useState({
    title: '',
    url: '',
    type: '',
    collectedOn: today,
    assessments: [] as string[],
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const submit = useChange({
    request: (body: typeof fields) => ({ method: 'POST', path: '/evidence/links', body }),
    onDone: () => {
      toast({ message: t('done') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('heading')}
      sentence={t('sentence')}
      submitLabel={t('submit')}
      isBusy={submit.isRunning}
      problem={submit.problem}
      onSubmit={() => submit.run(fields)}
      onClose={onClose}
    >
      <TextInput
        name="title"
        label={t('title')}
        value={fields.title}
        onChange={(title) => set({ title })}
        required
        fullWidth
      />
      <TextInput
        name="url"
        label={t('url')}
        type="url"
        value={fields.url}
        onChange={(url) => set({ url })}
        required
        fullWidth
      />
      <TypeSelect value={fields.type} onChange={(type) => set({ type })} />
      <DateField
        name="collectedOn"
        label={t('collectedOn')}
        value={fields.collectedOn}
        max={today}
        onChange={(day) => set({ collectedOn: day ?? today })}
        isRequired
      />
      <ControlPicker
        name="assessments"
        label={t('proves')}
        value={fields.assessments}
        onChange={(assessments) => set({ assessments })}
      />
    </FormDialog>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PersonItem } from '@/lib/features/people/schema';
import { FormDialog } from '../evidence/form-dialog';
import { DateField } from '../ui/date-field';
import { TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { MultiSelect } from './multi-select';

/** Name, title, functions and the day somebody joined the management body. */
export function PersonDialog({
  person,
  functions,
  onClose,
}: {
  person: PersonItem;
  functions: readonly string[];
  onClose: () => void;
}) {
  const t = useTranslations('settings.people');
  const duties = useTranslations('terms.catalogueRoles');
  const toast = useToast();
  const [fields, setFields] = useState({
    name: person.name,
    jobTitle: person.jobTitle ?? '',
    functions: person.functions,
    appointedOn: person.appointedOn,
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const save = useChange({
    request: ({ jobTitle, ...body }: typeof fields) => ({
      method: 'PATCH',
      path: `/people/${person.id}`,
      ifMatch: person.version,
      body: { ...body, jobTitle: jobTitle || null },
    }),
    onDone: () => {
      toast({ message: t('saved') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('editNamed', { name: person.name })}
      sentence={person.email}
      submitLabel={t('save')}
      isBusy={save.isRunning}
      problem={save.problem}
      onSubmit={() => save.run(fields)}
      onClose={onClose}
    >
      <TextInput
        name="name"
        label={t('name')}
        value={fields.name}
        onChange={(name) => set({ name })}
        required
        fullWidth
      />
      <TextInput
        name="jobTitle"
        label={t('jobTitle')}
        value={fields.jobTitle}
        onChange={(jobTitle) => set({ jobTitle })}
        fullWidth
      />
      <MultiSelect
        name="functions"
        label={t('functions')}
        value={fields.functions}
        onChange={(chosen) => set({ functions: chosen })}
        options={functions.map((value) => ({ value, label: duties(value) }))}
        helperText={t('functionsHelp')}
      />
      <DateField
        name="appointedOn"
        label={t('appointedOn')}
        value={fields.appointedOn}
        onChange={(appointedOn) => set({ appointedOn })}
        helperText={t('appointedHelp')}
      />
    </FormDialog>
  );
}

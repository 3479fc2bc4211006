'use client';

import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateField } from '../ui/date-field';
import { TextInput } from '../ui/form-field';
import { useIssue } from '../ui/form-issues';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { ControlPicker } from './control-picker';
import styles from './evidence.module.css';
import { FormDialog } from './form-dialog';

type Named = { id: string; name: string };

/** A training with who passed it: for the management body it is what Article 20(2) asks for. */
export function TrainingDialog({
  today,
  people,
  onClose,
}: {
  today: string;
  people: readonly Named[];
  onClose: () => void;
}) {
  const t = useTranslations('evidence.form');
  const toast = useToast();
  const [fields, setFields] = useState({
    module: '',
    heldOn: today,
    provider: '',
    hours: '4',
    passed: [] as Named[],
    missed: [] as Named[],
    assessments: [] as string[],
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const submit = useChange({
    request: ({ assessments, passed, missed, ...form }: typeof fields) => ({
      method: 'POST',
      path: '/evidence/forms',
      body: {
        title: t('trainingTitle', { module: form.module || t('training'), day: form.heldOn }),
        collectedOn: form.heldOn,
        assessments,
        form: {
          ...form,
          kind: 'training_record',
          hours: Number(form.hours),
          participants: [
            ...passed.map(({ id }) => ({ personId: id, passed: true })),
            ...missed.map(({ id }) => ({ personId: id, passed: false })),
          ],
        },
      },
    }),
    onDone: () => {
      toast({ message: t('done') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('training')}
      sentence={t('trainingSentence')}
      submitLabel={t('submit')}
      isBusy={submit.isRunning}
      problem={submit.problem}
      onSubmit={() => submit.run(fields)}
      onClose={onClose}
    >
      <TextInput
        name="form.module"
        label={t('module')}
        value={fields.module}
        onChange={(module) => set({ module })}
        required
        fullWidth
      />
      <div className={styles.pair}>
        <DateField
          name="form.heldOn"
          label={t('heldOn')}
          value={fields.heldOn}
          max={today}
          onChange={(day) => set({ heldOn: day ?? today })}
          isRequired
        />
        <TextInput
          name="form.hours"
          label={t('hours')}
          type="number"
          value={fields.hours}
          onChange={(hours) => set({ hours })}
          required
          fullWidth
        />
      </div>
      <TextInput
        name="form.provider"
        label={t('provider')}
        value={fields.provider}
        onChange={(provider) => set({ provider })}
        required
        fullWidth
      />
      <PeoplePicker
        name="form.participants"
        label={t('passed')}
        people={people}
        value={fields.passed}
        onChange={(passed) => set({ passed })}
      />
      <PeoplePicker
        name="form.missed"
        label={t('missed')}
        people={people.filter(({ id }) => !fields.passed.some((one) => one.id === id))}
        value={fields.missed}
        onChange={(missed) => set({ missed })}
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

function PeoplePicker({
  name,
  label,
  people,
  value,
  onChange,
}: {
  name: string;
  label: string;
  people: readonly Named[];
  value: Named[];
  onChange: (people: Named[]) => void;
}) {
  const issue = useIssue(name);
  return (
    <Autocomplete
      multiple
      options={people}
      value={value}
      onChange={(_event, chosen) => onChange(chosen)}
      getOptionLabel={(one) => one.name}
      getOptionKey={(one) => one.id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      slotProps={{ chip: { size: 'small' } }}
      renderInput={(parameters) => (
        <TextField {...parameters} label={label} size="small" error={issue !== undefined} helperText={issue} />
      )}
    />
  );
}

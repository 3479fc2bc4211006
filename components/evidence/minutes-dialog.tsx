'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateField } from '../ui/date-field';
import { SelectInput, TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { ControlPicker } from './control-picker';
import styles from './evidence.module.css';
import { FormDialog } from './form-dialog';

const DECISIONS = ['approved', 'approved-with-changes', 'rejected', 'noted'] as const;

/** Board minutes as a form: what was decided, by whom, with which vote (Article 20(1)). */
export function MinutesDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const t = useTranslations('evidence.form');
  const toast = useToast();
  const [fields, setFields] = useState({
    meetingOn: today,
    item: '',
    decision: 'approved',
    resolution: '',
    inFavour: '0',
    against: '0',
    abstained: '0',
    present: '',
    assessments: [] as string[],
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const submit = useChange({
    request: ({ assessments, ...form }: typeof fields) => ({
      method: 'POST',
      path: '/evidence/forms',
      body: {
        title: t('minutesTitle', { item: form.item || t('minutes'), day: form.meetingOn }),
        collectedOn: form.meetingOn,
        assessments,
        form: {
          ...form,
          kind: 'board_minutes',
          inFavour: Number(form.inFavour),
          against: Number(form.against),
          abstained: Number(form.abstained),
          present: form.present
            .split('\n')
            .map((name) => name.trim())
            .filter(Boolean),
        },
      },
    }),
    onDone: () => {
      toast({ message: t('done') });
      onClose();
    },
  });
  const text = (name: 'item' | 'resolution' | 'present' | 'inFavour' | 'against' | 'abstained', more = {}) => (
    <TextInput
      name={`form.${name}`}
      label={t(name)}
      value={fields[name]}
      onChange={(value) => set({ [name]: value })}
      fullWidth
      required
      {...more}
    />
  );
  return (
    <FormDialog
      title={t('minutes')}
      sentence={t('minutesSentence')}
      submitLabel={t('submit')}
      isBusy={submit.isRunning}
      problem={submit.problem}
      onSubmit={() => submit.run(fields)}
      onClose={onClose}
    >
      <div className={styles.pair}>
        <DateField
          name="form.meetingOn"
          label={t('meetingOn')}
          value={fields.meetingOn}
          max={today}
          onChange={(day) => set({ meetingOn: day ?? today })}
          isRequired
        />
        <SelectInput
          name="form.decision"
          label={t('decision')}
          value={fields.decision}
          onChange={(decision) => set({ decision })}
          options={DECISIONS.map((value) => ({ value, label: t(`decisions.${value}`) }))}
          fullWidth
        />
      </div>
      {text('item')}
      {text('resolution', { multiline: true, minRows: 3 })}
      {text('present', { multiline: true, minRows: 2, helperText: t('presentHelp') })}
      <div className={styles.pair}>
        {text('inFavour', { type: 'number' })}
        {text('against', { type: 'number' })}
        {text('abstained', { type: 'number' })}
      </div>
      <ControlPicker
        name="assessments"
        label={t('proves')}
        value={fields.assessments}
        onChange={(assessments) => set({ assessments })}
      />
    </FormDialog>
  );
}

'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AssessmentDetail } from '@/lib/features/assessments/schema';
import { DateField } from '../ui/date-field';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './controls.module.css';

interface AssessmentEditorProps {
  assessment: AssessmentDetail;
  /** The control's own words for level 0 to 5. */
  levels: readonly string[];
  people: readonly { id: string; name: string }[];
  hasPrimaryProof: boolean;
}

type Fields = {
  documentation: number | null;
  implementation: number | null;
  target: number | null;
  note: string;
  ownerId: string;
  dueOn: string | null;
};

/** Two marks beside the control's own level texts, target, owner, date and note; each save is kept as history and can be undone. */
export function AssessmentEditor({ assessment, levels, people, hasPrimaryProof }: AssessmentEditorProps) {
  const t = useTranslations('controls.editor');
  const toast = useToast();
  const saved = fieldsOf(assessment);
  const [fields, setFields] = useState(saved);
  const set = (change: Partial<Fields>) => setFields((all) => ({ ...all, ...change }));
  const undo = useChange({
    request: ({ version }: { version: number }) => ({
      method: 'PATCH',
      path: `/assessments/${assessment.id}`,
      ifMatch: version,
      body: bodyOf(saved),
    }),
  });
  const save = useChange<Fields, { version: number }>({
    request: (input) => ({
      method: 'PATCH',
      path: `/assessments/${assessment.id}`,
      ifMatch: assessment.version,
      body: bodyOf(input),
    }),
    onDone: ({ version }) => toast({ message: t('saved'), undo: () => undo.run({ version }) }),
  });
  const isChanged = JSON.stringify(fields) !== JSON.stringify(saved);
  const highest = Math.max(fields.documentation ?? 0, fields.implementation ?? 0);
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        save.run(fields);
      }}
    >
      {save.problem && <ErrorPanel problem={save.problem} kept={t('kept')} />}
      <FormIssues issues={save.problem?.issues}>
        <div className={styles.marks}>
          <MarkField
            name="documentation"
            legend={t('documentation')}
            levels={levels}
            value={fields.documentation}
            target={assessment.target}
            onChange={(documentation) => set({ documentation })}
          />
          <MarkField
            name="implementation"
            legend={t('implementation')}
            levels={levels}
            value={fields.implementation}
            target={assessment.target}
            onChange={(implementation) => set({ implementation })}
          />
        </div>
        {highest >= 3 && !hasPrimaryProof && <p className={styles.hint}>{t('needsProof')}</p>}
        <div className={styles.facts}>
          <SelectInput
            name="ownerId"
            label={t('owner')}
            value={fields.ownerId}
            onChange={(ownerId) => set({ ownerId })}
            options={[{ value: '', label: t('nobody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
            fullWidth
          />
          <DateField name="dueOn" label={t('dueOn')} value={fields.dueOn} onChange={(dueOn) => set({ dueOn })} />
          <SelectInput
            name="target"
            label={t('target')}
            value={fields.target === null ? '' : String(fields.target)}
            onChange={(target) => set({ target: target === '' ? null : Number(target) })}
            options={[
              { value: '', label: t('targetCatalogue', { level: assessment.target }) },
              ...[1, 2, 3, 4, 5].map((level) => ({ value: String(level), label: t('level', { level }) })),
            ]}
            fullWidth
          />
        </div>
        <TextInput
          name="note"
          label={t('note')}
          value={fields.note}
          onChange={(note) => set({ note })}
          multiline
          minRows={2}
          fullWidth
        />
      </FormIssues>
      <div className={styles.buttons}>
        <Button type="submit" variant="contained" color="primary" loading={save.isRunning} disabled={!isChanged}>
          {t('save')}
        </Button>
        {isChanged && (
          <Button variant="text" onClick={() => setFields(saved)}>
            {t('reset')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface MarkFieldProps {
  name: string;
  legend: string;
  levels: readonly string[];
  value: number | null;
  target: number;
  onChange: (level: number | null) => void;
}

function MarkField({ name, legend, levels, value, target, onChange }: MarkFieldProps) {
  const t = useTranslations('controls.editor');
  return (
    <fieldset className={styles.markField}>
      <legend>{legend}</legend>
      <label className={styles.option}>
        <input type="radio" name={name} checked={value === null} onChange={() => onChange(null)} />
        <b>–</b>
        <span className={styles.muted}>{t('notAssessed')}</span>
      </label>
      {levels.map((text, level) => (
        <label key={text} className={styles.option}>
          <input type="radio" name={name} checked={value === level} onChange={() => onChange(level)} />
          <span>
            <b>{level}</b> {level === target && <span className={styles.muted}>{t('targetMark')}</span>}
          </span>
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function fieldsOf({
  documentation,
  implementation,
  target,
  hasOwnTarget,
  note,
  owner,
  dueOn,
}: AssessmentDetail): Fields {
  return {
    documentation,
    implementation,
    target: hasOwnTarget ? target : null,
    note: note ?? '',
    ownerId: owner?.id ?? '',
    dueOn,
  };
}

function bodyOf({ ownerId, note, ...rest }: Fields) {
  return { ...rest, note: note.trim() === '' ? null : note, ownerId: ownerId === '' ? null : ownerId };
}

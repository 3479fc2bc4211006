'use client';

import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { parts, type RaciMatrixAnswer, type RaciPart } from '@/lib/features/raci/schema';
import { FormDialog } from '../evidence/form-dialog';
import { SelectInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import type { Target } from './target';
import styles from './raci.module.css';

/** What one person does for one control or for many at once. A new Accountable replaces the one before. */
export function AssignDialog({
  matrix,
  target,
  onClose,
}: {
  matrix: RaciMatrixAnswer;
  target: Target;
  onClose: () => void;
}) {
  const t = useTranslations('raci');
  const toast = useToast();
  const [personId, setPersonId] = useState(target.personId);
  const present =
    matrix.controls
      .find(({ id }) => id === target.controls[0])
      ?.assignments.filter((one) => one.personId === target.personId) ?? [];
  const [chosen, setChosen] = useState<readonly RaciPart[]>(
    target.controls.length === 1 ? present.map(({ part }) => part) : [],
  );
  const save = useChange({
    request: () => ({
      method: 'PUT',
      path: '/raci',
      body: { entities: [matrix.entity.id], controls: target.controls, personId, parts: chosen },
    }),
    onDone: () => {
      toast({ message: t('saved') });
      onClose();
    },
  });
  const toggle = (part: RaciPart) =>
    setChosen((all) => (all.includes(part) ? all.filter((one) => one !== part) : [...all, part]));
  return (
    <FormDialog
      title={t('assign')}
      sentence={t('assignSentence', { count: target.controls.length, first: target.controls[0] ?? '' })}
      submitLabel={t('save')}
      isBusy={save.isRunning}
      problem={save.problem}
      onSubmit={() => save.run(undefined)}
      onClose={onClose}
    >
      <SelectInput
        name="personId"
        label={t('person')}
        value={personId}
        onChange={setPersonId}
        options={matrix.people.map(({ id, name }) => ({ value: id, label: name }))}
        required
        fullWidth
      />
      <div className={styles.parts}>
        {parts.map((part) => (
          <FormControlLabel
            key={part}
            control={<Checkbox checked={chosen.includes(part)} onChange={() => toggle(part)} />}
            label={t(`parts.${part}`)}
          />
        ))}
      </div>
    </FormDialog>
  );
}

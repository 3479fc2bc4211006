'use client';

import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { readApi } from '../api';
import { useIssue } from '../ui/form-issues';

/** One control in one entity (and unit), as the API lists it. */
interface AssessmentOption {
  id: string;
  control: string;
  entityName: string;
  unit: { name: string } | null;
}

interface ControlPickerProps {
  name: string;
  label: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  helperText?: string;
}

const NONE: readonly AssessmentOption[] = [];

/** Chooses the controls that something proves: type a control's number, a word of its title or an entity. */
export function ControlPicker({ name, label, value, onChange, helperText }: ControlPickerProps) {
  const t = useTranslations('evidence.picker');
  const titles = useTranslations('controlTitles');
  const issue = useIssue(name);
  const [words, setWords] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['assessment-options'],
    queryFn: ({ signal }) => readAll(signal),
    staleTime: 300_000,
  });
  const options = data ?? NONE;
  const chosen = useMemo(() => options.filter(({ id }) => value.includes(id)), [options, value]);
  const labelOf = (one: AssessmentOption) =>
    `${one.control} ${titles(one.control)} – ${one.entityName}${one.unit ? `, ${one.unit.name}` : ''}`;
  return (
    <Autocomplete
      multiple
      filterSelectedOptions
      limitTags={3}
      options={options}
      loading={isFetching}
      value={chosen}
      inputValue={words}
      // A reset comes whenever the value is another array, also when the controls arrive: what is being typed stays.
      onInputChange={(_event, text, reason) => reason !== 'reset' && setWords(text)}
      onChange={(_event, all) => onChange(all.map(({ id }) => id))}
      getOptionLabel={labelOf}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(all, { inputValue }) => matching(all, inputValue, labelOf)}
      noOptionsText={t('none')}
      slotProps={{ chip: { size: 'small' } }}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={label}
          error={issue !== undefined}
          helperText={issue ?? helperText ?? t('help')}
          size="small"
        />
      )}
    />
  );
}

/** All that the person may choose from; a few thousand short lines at most. */
async function readAll(signal: AbortSignal): Promise<AssessmentOption[]> {
  const all: AssessmentOption[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `?limit=500&cursor=${encodeURIComponent(cursor)}` : '?limit=500';
    const page: { items: AssessmentOption[]; next: string | null } = await readApi(`/assessments${query}`, signal);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor && all.length < 30_000);
  return all;
}

function matching(
  all: readonly AssessmentOption[],
  input: string,
  labelOf: (one: AssessmentOption) => string,
): AssessmentOption[] {
  const words = input.toLowerCase().split(/\s+/).filter(Boolean);
  const found: AssessmentOption[] = [];
  for (const one of all) {
    const text = labelOf(one).toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(one);
    if (found.length === 60) break;
  }
  return found;
}

'use client';

import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { useIssue } from '../ui/form-issues';

interface MultiSelectProps {
  name: string;
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  options: readonly { value: string; label: string }[];
  helperText?: string;
}

/** Several of a list, chosen by typing. */
export function MultiSelect({ name, label, value, onChange, options, helperText }: MultiSelectProps) {
  const issue = useIssue(name);
  // The field empties what is being typed whenever its value is another array, so the array lives as long as the choice.
  const chosen = useMemo(() => options.filter((option) => value.includes(option.value)), [options, value]);
  return (
    <Autocomplete
      multiple
      options={options}
      value={chosen}
      onChange={(_event, all) => onChange(all.map((option) => option.value))}
      getOptionLabel={(option) => option.label}
      getOptionKey={(option) => option.value}
      isOptionEqualToValue={(a, b) => a.value === b.value}
      slotProps={{ chip: { size: 'small' } }}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={label}
          size="small"
          error={issue !== undefined}
          helperText={issue ?? helperText}
        />
      )}
    />
  );
}

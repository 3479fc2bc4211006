'use client';

import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
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
  return (
    <Autocomplete
      multiple
      options={options}
      value={options.filter((option) => value.includes(option.value))}
      onChange={(_event, chosen) => onChange(chosen.map((option) => option.value))}
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

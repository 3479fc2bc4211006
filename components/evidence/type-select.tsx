'use client';

import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useMessages, useTranslations } from 'next-intl';
import { useIssue } from '../ui/form-issues';

interface TypeSelectProps {
  value: string;
  onChange: (type: string) => void;
  name?: string;
  label?: string;
}

/** One of the catalogue's evidence types, found by typing. */
export function TypeSelect({ value, onChange, name = 'type', label }: TypeSelectProps) {
  const t = useTranslations('evidence.upload');
  const names = useTranslations('evidenceTypes');
  const issue = useIssue(name);
  const ids = Object.keys(useMessages().evidenceTypes ?? {});
  return (
    <Autocomplete
      options={ids.toSorted((a, b) => names(a).localeCompare(names(b)))}
      value={value === '' ? null : value}
      onChange={(_event, chosen) => onChange(chosen ?? '')}
      getOptionLabel={(id) => names(id)}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={label ?? t('type')}
          required
          size="small"
          error={issue !== undefined}
          helperText={issue ?? (value === '' ? t('typeHelp') : undefined)}
        />
      )}
    />
  );
}

'use client';

import SearchOutlined from '@mui/icons-material/SearchOutlined';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { FilterField } from './filter-bar';

const TYPING_PAUSE_MS = 300;

interface FilterControlProps<Field extends FilterField = FilterField> {
  field: Field;
  value: string;
  onChange: (value: string) => void;
}

export function FilterControl({ field, value, onChange }: FilterControlProps) {
  if (field.kind === 'search') return <SearchControl field={field} value={value} onChange={onChange} />;
  if (field.kind === 'select') return <SelectControl field={field} value={value} onChange={onChange} />;
  return (
    <ToggleButton value={field.param} selected={value !== ''} onChange={() => onChange(value === '' ? '1' : '')}>
      {field.label}
    </ToggleButton>
  );
}

/** Waits for a pause in typing before it changes the address. */
function SearchControl({ field, value, onChange }: FilterControlProps) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The address changed from elsewhere ("clear", back button): follow it.
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text.trim()), TYPING_PAUSE_MS);
  }

  return (
    <TextField
      type="search"
      placeholder={field.label}
      value={typed}
      onChange={(event) => type(event.target.value)}
      fullWidth={false}
      sx={{ flex: '1 1 220px', maxWidth: 320 }}
      slotProps={{
        htmlInput: { 'aria-label': field.label },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchOutlined fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  );
}

function SelectControl({ field, value, onChange }: FilterControlProps<Extract<FilterField, { kind: 'select' }>>) {
  const t = useTranslations('ui.filter');
  return (
    <TextField
      select
      label={field.label}
      value={field.options.some((option) => option.value === value) ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      fullWidth={false}
      sx={{ minWidth: 150, maxWidth: 260 }}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true, notched: true } }}
    >
      <MenuItem value="">{t('any')}</MenuItem>
      {field.options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

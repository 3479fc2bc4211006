'use client';

import SearchOutlined from '@mui/icons-material/SearchOutlined';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Choice } from './choice';
import type { FilterField } from './filter-field';
import styles from './filter-bar.module.css';

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
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={value !== ''}
      onClick={() => onChange(value === '' ? '1' : '')}
    >
      {field.label}
    </button>
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
    <label className={styles.search}>
      <span className="only-screen-reader">{field.label}</span>
      <SearchOutlined aria-hidden />
      <input type="search" placeholder={field.label} value={typed} onChange={(event) => type(event.target.value)} />
    </label>
  );
}

function SelectControl({ field, value, onChange }: FilterControlProps<Extract<FilterField, { kind: 'select' }>>) {
  const t = useTranslations('ui.filter');
  const { options, chosen } = field;
  return (
    <Choice
      label={field.label}
      value={options.some((option) => option.value === value) ? value : (chosen ?? '')}
      options={chosen === undefined ? [{ value: '', label: t('any') }, ...options] : options}
      onChange={onChange}
    />
  );
}

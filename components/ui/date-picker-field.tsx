'use client';

import { AdapterDateFns } from '@mui/x-date-pickers/AdapterDateFns';
import { DatePicker } from '@mui/x-date-pickers/DatePicker';
import { LocalizationProvider } from '@mui/x-date-pickers/LocalizationProvider';
import { deDE, enUS } from '@mui/x-date-pickers/locales';
import { format, isValid, parseISO } from 'date-fns';
import { de, enGB } from 'date-fns/locale';
import { useLocale } from 'next-intl';
import { useIssue } from './form-issues';

const LOCALES = {
  en: { dates: enGB, texts: enUS },
  de: { dates: de, texts: deDE },
} as const;

export interface DateFieldProps {
  name: string;
  label: string;
  /** A calendar day as `YYYY-MM-DD`, or null. Never an instant: a day has no zone. */
  value: string | null;
  onChange: (value: string | null) => void;
  min?: string;
  max?: string;
  isRequired?: boolean;
  helperText?: string;
}

/** A day, typed or picked, in the reader's order of day and month. Reports only whole, valid days. */
export function DatePickerField({ name, label, value, onChange, min, max, isRequired, helperText }: DateFieldProps) {
  const issue = useIssue(name);
  const language = useLocale().startsWith('de') ? LOCALES.de : LOCALES.en;
  return (
    <LocalizationProvider
      dateAdapter={AdapterDateFns}
      adapterLocale={language.dates}
      localeText={language.texts.components.MuiLocalizationProvider.defaultProps.localeText}
    >
      <DatePicker
        label={label}
        value={value ? parseISO(value) : null}
        onChange={(day) => onChange(day && isValid(day) ? format(day, 'yyyy-MM-dd') : null)}
        minDate={min ? parseISO(min) : undefined}
        maxDate={max ? parseISO(max) : undefined}
        slotProps={{
          textField: {
            name,
            size: 'small',
            fullWidth: true,
            required: isRequired,
            helperText: issue ?? helperText,
            ...(issue ? { error: true } : {}),
          },
        }}
      />
    </LocalizationProvider>
  );
}

'use client';

import MenuItem from '@mui/material/MenuItem';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { fieldId, useIssue } from './form-issues';

type FieldProps = Omit<TextFieldProps, 'name' | 'label' | 'onChange' | 'value' | 'error'> & {
  /** Also the path of the server's issues for it. */
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** One line of help under the field; an issue takes its place. */
  helperText?: ReactNode;
};

/** A text field that shows what the server said about it. `multiline`, `type`, `required` as in Material UI. */
export function TextInput({ name, value, onChange, helperText, ...rest }: FieldProps) {
  const issue = useIssue(name);
  return (
    <TextField
      {...rest}
      id={fieldId(name)}
      name={name}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={issue !== undefined}
      helperText={issue ?? helperText}
    />
  );
}

interface SelectInputProps extends FieldProps {
  options: readonly { value: string; label: string }[];
}

/** One of a list. An option with an empty value is an answer too ("nobody", "no request") and is shown as one. */
export function SelectInput({ options, ...field }: SelectInputProps) {
  const hasEmpty = options.some(({ value }) => value === '');
  return (
    <TextInput
      select
      slotProps={hasEmpty ? { select: { displayEmpty: true }, inputLabel: { shrink: true } } : undefined}
      {...field}
    >
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextInput>
  );
}

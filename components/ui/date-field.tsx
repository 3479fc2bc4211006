'use client';

import Skeleton from '@mui/material/Skeleton';
import dynamic from 'next/dynamic';
import type { DateFieldProps } from './date-picker-field';

// The picker and its calendar weigh as much as the rest of a form: they arrive after it, in a place kept free.
const DatePickerField = dynamic(async () => (await import('./date-picker-field')).DatePickerField, {
  ssr: false,
  loading: () => <Skeleton variant="rounded" height={36} />,
});

/** A day, typed or picked, as `YYYY-MM-DD`. */
export function DateField(props: DateFieldProps) {
  return <DatePickerField {...props} />;
}

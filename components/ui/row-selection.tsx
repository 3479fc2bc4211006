'use client';

import Checkbox from '@mui/material/Checkbox';

interface SelectionProps {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  label: string;
}

export function SelectAll({ keys, selected, onChange, label }: SelectionProps & { keys: readonly string[] }) {
  const count = keys.filter((key) => selected.has(key)).length;
  const isAll = count === keys.length;
  return (
    <Checkbox
      checked={isAll}
      indeterminate={count > 0 && !isAll}
      onChange={() => onChange(isAll ? without(selected, keys) : new Set([...selected, ...keys]))}
      slotProps={{ input: { 'aria-label': label } }}
    />
  );
}

export function SelectRow({ rowKey, selected, onChange, label }: SelectionProps & { rowKey: string }) {
  const isSelected = selected.has(rowKey);
  return (
    <Checkbox
      checked={isSelected}
      onChange={() => onChange(isSelected ? without(selected, [rowKey]) : new Set([...selected, rowKey]))}
      slotProps={{ input: { 'aria-label': label } }}
    />
  );
}

function without(selected: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const removed = new Set(keys);
  return new Set([...selected].filter((key) => !removed.has(key)));
}

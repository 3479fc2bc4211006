'use client';

import { useEffect, useRef } from 'react';
import styles from './row-selection.module.css';

interface SelectionProps {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  label: string;
}

export function SelectAll({ keys, selected, onChange, label }: SelectionProps & { keys: readonly string[] }) {
  const box = useRef<HTMLInputElement>(null);
  const count = keys.filter((key) => selected.has(key)).length;
  const isAll = count === keys.length;
  const isSome = count > 0 && !isAll;
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome;
  }, [isSome]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={isAll}
      onChange={() => onChange(isAll ? without(selected, keys) : new Set([...selected, ...keys]))}
    />
  );
}

export function SelectRow({ rowKey, selected, onChange, label }: SelectionProps & { rowKey: string }) {
  const isSelected = selected.has(rowKey);
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={isSelected}
      onChange={() => onChange(isSelected ? without(selected, [rowKey]) : new Set([...selected, rowKey]))}
    />
  );
}

function without(selected: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const removed = new Set(keys);
  return new Set([...selected].filter((key) => !removed.has(key)));
}

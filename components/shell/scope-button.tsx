'use client';

import ExpandMore from '@mui/icons-material/ExpandMore';
import Button from '@mui/material/Button';
import type { MouseEvent } from 'react';

interface ScopeButtonProps {
  /** What is chosen here: "Entity", "Month". */
  label: string;
  value: string;
  isOpen: boolean;
  popup: 'menu' | 'dialog';
  onOpen: (event: MouseEvent<HTMLElement>) => void;
}

/** A quiet button in the top bar that says what we look at and lets it be changed. */
export function ScopeButton({ label, value, isOpen, popup, onOpen }: ScopeButtonProps) {
  return (
    <Button
      variant="text"
      onClick={onOpen}
      aria-haspopup={popup}
      aria-expanded={isOpen}
      endIcon={<ExpandMore />}
      sx={{ minWidth: 0, flex: '0 1 auto', color: 'var(--muted)', fontWeight: 400 }}
    >
      <span className="only-screen-reader">{label}: </span>
      <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{value}</span>
    </Button>
  );
}

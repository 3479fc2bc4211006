'use client';

import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';

interface MonthMenuProps {
  anchor: HTMLElement;
  /** The empty value stands for today. */
  months: readonly { value: string; label: string }[];
  chosen: string;
  onChoose: (month: string) => void;
  onClose: () => void;
}

export function MonthMenu({ anchor, months, chosen, onChoose, onClose }: MonthMenuProps) {
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {months.map((month) => (
        <MenuItem key={month.value} selected={month.value === chosen} onClick={() => onChoose(month.value)}>
          {month.label}
        </MenuItem>
      ))}
    </Menu>
  );
}

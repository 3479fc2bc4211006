'use client';

import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { LANGUAGES, useLanguage } from './use-language';

interface AnchoredMenuProps {
  anchor: HTMLElement;
  onClose: () => void;
}

export function LanguageMenu({ anchor, onClose }: AnchoredMenuProps) {
  const { locale, choose } = useLanguage();
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {LANGUAGES.map(({ code, name }) => (
        <MenuItem
          key={code}
          lang={code}
          selected={code === locale}
          onClick={() => {
            onClose();
            choose(code);
          }}
        >
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}

'use client';

import ContrastOutlined from '@mui/icons-material/ContrastOutlined';
import DarkModeOutlined from '@mui/icons-material/DarkModeOutlined';
import LightModeOutlined from '@mui/icons-material/LightModeOutlined';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import { useTranslations } from 'next-intl';

export const SCHEMES = [
  { mode: 'system', icon: ContrastOutlined },
  { mode: 'light', icon: LightModeOutlined },
  { mode: 'dark', icon: DarkModeOutlined },
] as const;

export function ThemeMenu({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) {
  const t = useTranslations('shell.theme');
  const { mode, setMode } = useColorScheme();
  return (
    <Menu anchorEl={anchor} open onClose={onClose}>
      {SCHEMES.map((scheme) => (
        <MenuItem
          key={scheme.mode}
          selected={scheme.mode === mode}
          onClick={() => {
            setMode(scheme.mode);
            onClose();
          }}
        >
          <ListItemIcon>
            <scheme.icon fontSize="small" />
          </ListItemIcon>
          {t(scheme.mode)}
        </MenuItem>
      ))}
    </Menu>
  );
}

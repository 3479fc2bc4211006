'use client';

import ContrastOutlined from '@mui/icons-material/ContrastOutlined';
import DarkModeOutlined from '@mui/icons-material/DarkModeOutlined';
import LightModeOutlined from '@mui/icons-material/LightModeOutlined';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

export const SCHEMES = [
  { mode: 'system', icon: ContrastOutlined },
  { mode: 'light', icon: LightModeOutlined },
  { mode: 'dark', icon: DarkModeOutlined },
] as const;

export function ThemeSwitch() {
  const t = useTranslations('shell.theme');
  const { mode, setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={t('label')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <ContrastOutlined fontSize="inherit" />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {SCHEMES.map((scheme) => (
          <MenuItem
            key={scheme.mode}
            selected={scheme.mode === mode}
            onClick={() => {
              setMode(scheme.mode);
              setAnchor(null);
            }}
          >
            <ListItemIcon>
              <scheme.icon fontSize="small" />
            </ListItemIcon>
            {t(scheme.mode)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

import type { Components, Theme } from '@mui/material/styles';

/** Links, tabs, menus, chips: quiet until needed. */
export const navigationOverrides: Components<Omit<Theme, 'components'>> = {
  MuiLink: {
    defaultProps: { underline: 'always' },
    styleOverrides: {
      root: {
        color: 'var(--accent)',
        textUnderlineOffset: '0.18em',
        textDecorationColor: 'color-mix(in srgb, currentColor 35%, transparent)',
        '&:hover': { textDecorationColor: 'currentColor' },
      },
    },
  },
  MuiTabs: {
    styleOverrides: {
      root: { minHeight: 40, borderBottom: '1px solid var(--line)' },
      indicator: { height: 2, backgroundColor: 'var(--accent)' },
    },
  },
  MuiTab: {
    styleOverrides: {
      root: {
        minHeight: 40,
        minWidth: 0,
        padding: '8px 0',
        marginRight: 24,
        color: 'var(--muted)',
        '&.Mui-selected': { color: 'var(--ink)' },
        '&:focus-visible': { outlineOffset: -2 },
      },
    },
  },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        minHeight: 36,
        fontSize: '0.875rem',
        '&:hover, &.Mui-focusVisible': { backgroundColor: 'var(--hover)' },
        '&:focus-visible': { outlineOffset: -2 },
        '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: 'var(--selected)' },
        '& .MuiListItemIcon-root': { minWidth: 30, color: 'var(--muted)' },
      },
    },
  },
  MuiListItemButton: { styleOverrides: { root: { borderRadius: 6, '&:hover': { backgroundColor: 'var(--hover)' } } } },
  MuiChip: {
    defaultProps: { size: 'small', variant: 'outlined' },
    styleOverrides: {
      root: { borderRadius: 4, fontSize: '0.75rem', height: 24, borderColor: 'var(--line)' },
      outlined: { color: 'var(--ink)' },
    },
  },
  MuiTooltip: {
    defaultProps: { enterDelay: 300, arrow: false },
    styleOverrides: {
      tooltip: {
        backgroundColor: 'var(--ink)',
        color: 'var(--paper)',
        fontSize: '0.75rem',
        lineHeight: 1.5,
        fontWeight: 400,
        padding: '6px 10px',
        maxWidth: 320,
      },
    },
  },
  MuiPaginationItem: { styleOverrides: { root: { borderRadius: 6 } } },
};

import type { Components, Theme } from '@mui/material/styles';

const OVERLAY = { border: '1px solid var(--line)', boxShadow: 'var(--overlay-shadow)', backgroundImage: 'none' };

/** Surfaces: lines before boxes; the one shadow is for what floats above the page. */
export const surfaceOverrides: Components<Omit<Theme, 'components'>> = {
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiCard: { defaultProps: { variant: 'outlined' }, styleOverrides: { root: { borderColor: 'var(--line)' } } },
  MuiDialog: { styleOverrides: { paper: { ...OVERLAY, margin: 16 } } },
  MuiDialogTitle: {
    styleOverrides: { root: { fontSize: '1.25rem', fontWeight: 600, lineHeight: 1.3, padding: '20px 24px 8px' } },
  },
  MuiDialogContentText: { styleOverrides: { root: { color: 'var(--ink)', maxWidth: '72ch' } } },
  MuiDialogActions: {
    styleOverrides: { root: { padding: '12px 24px 20px', gap: 8, '& > :not(style) ~ :not(style)': { marginLeft: 0 } } },
  },
  MuiDrawer: { styleOverrides: { paper: { ...OVERLAY, borderWidth: 0 } } },
  MuiPopover: { styleOverrides: { paper: OVERLAY } },
  MuiMenu: { styleOverrides: { paper: { ...OVERLAY, marginTop: 4 }, list: { padding: '4px 0' } } },
  MuiBackdrop: {
    styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: 'rgb(15 19 23 / 0.4)' } } },
  },
  MuiAlert: {
    defaultProps: { variant: 'outlined' },
    styleOverrides: {
      root: { padding: '8px 14px', color: 'var(--ink)', backgroundColor: 'var(--surface)', borderLeftWidth: 3 },
      icon: { padding: '2px 0', marginRight: 10, fontSize: 20 },
      message: { padding: '1px 0' },
      outlined: { color: 'var(--ink)' },
    },
  },
  MuiSnackbarContent: {
    styleOverrides: {
      root: { backgroundColor: 'var(--ink)', color: 'var(--paper)', boxShadow: 'var(--overlay-shadow)' },
    },
  },
  MuiAccordion: {
    defaultProps: { disableGutters: true, elevation: 0, square: true },
    styleOverrides: {
      root: { backgroundColor: 'transparent', borderBottom: '1px solid var(--line)', '&::before': { display: 'none' } },
    },
  },
  MuiAccordionSummary: { styleOverrides: { root: { padding: 0, minHeight: 44 }, content: { margin: '10px 0' } } },
  MuiAccordionDetails: { styleOverrides: { root: { padding: '0 0 16px' } } },
  MuiLinearProgress: {
    styleOverrides: { root: { height: 4, borderRadius: 2, backgroundColor: 'var(--line)' }, bar: { borderRadius: 2 } },
  },
  MuiSkeleton: {
    defaultProps: { animation: false },
    styleOverrides: { root: { backgroundColor: 'var(--line)', borderRadius: 4, transform: 'none' } },
  },
  MuiDivider: { styleOverrides: { root: { borderColor: 'var(--line)' } } },
};

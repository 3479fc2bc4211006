import type { Components, Theme } from '@mui/material/styles';
import '@mui/x-date-pickers/themeAugmentation';

const FOCUS_RING = { outline: '2px solid var(--accent)', outlineOffset: 2 };
const CONTROL_HEIGHT = 36;

/** Buttons and form controls: flat, 36 pixels high, ink before colour, a ring on keyboard focus. */
export const inputOverrides: Components<Omit<Theme, 'components'>> = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: { '&:focus-visible': FOCUS_RING } },
  },
  MuiButton: {
    defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
    styleOverrides: {
      root: { minHeight: CONTROL_HEIGHT, padding: '6px 14px', minWidth: 0, whiteSpace: 'nowrap' },
      outlined: {
        borderColor: 'var(--outline)',
        '&:hover': { borderColor: 'var(--ink)', backgroundColor: 'var(--hover)' },
      },
      text: { padding: '6px 10px', '&:hover': { backgroundColor: 'var(--hover)' } },
      sizeSmall: { minHeight: 32, padding: '3px 10px', fontSize: '0.875rem' },
      startIcon: { '& > *:nth-of-type(1)': { fontSize: 18 } },
      endIcon: { '& > *:nth-of-type(1)': { fontSize: 18 } },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        borderRadius: 6,
        color: 'var(--muted)',
        '&:hover': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },
      },
      sizeMedium: { width: CONTROL_HEIGHT, height: CONTROL_HEIGHT, padding: 0, fontSize: 20 },
      sizeSmall: { width: 28, height: 28, padding: 0 },
    },
  },
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
  MuiFormControl: { defaultProps: { size: 'small' } },
  MuiSelect: { defaultProps: { size: 'small' } },
  MuiInputLabel: { styleOverrides: { root: { color: 'var(--muted)' } } },
  MuiOutlinedInput: {
    styleOverrides: {
      root: {
        backgroundColor: 'var(--surface)',
        '&:hover:not(.Mui-disabled):not(.Mui-error) .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--ink)' },
      },
      notchedOutline: { borderColor: 'var(--outline)' },
      input: { '&:not(textarea)': { paddingTop: 7.5, paddingBottom: 7.5, height: 21 } },
    },
  },
  MuiPickersOutlinedInput: {
    styleOverrides: {
      root: {
        backgroundColor: 'var(--surface)',
        '&:hover:not(.Mui-disabled):not(.Mui-error) .MuiPickersOutlinedInput-notchedOutline': {
          borderColor: 'var(--ink)',
        },
      },
      notchedOutline: { borderColor: 'var(--outline)' },
    },
  },
  MuiFormHelperText: { styleOverrides: { root: { marginLeft: 0, marginRight: 0 } } },
  MuiFormLabel: { styleOverrides: { asterisk: { color: 'var(--serious)' } } },
  MuiCheckbox: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: { padding: 6, color: 'var(--outline)', '&.Mui-focusVisible': FOCUS_RING, borderRadius: 6 },
    },
  },
  MuiRadio: {
    defaultProps: { size: 'small' },
    styleOverrides: { root: { padding: 6, color: 'var(--outline)', '&.Mui-focusVisible': FOCUS_RING } },
  },
  MuiSwitch: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      switchBase: { '&.Mui-focusVisible': { ...FOCUS_RING, outlineOffset: 0 } },
      track: { backgroundColor: 'var(--outline)', opacity: 1 },
    },
  },
  MuiToggleButton: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: {
        height: CONTROL_HEIGHT,
        padding: '0 12px',
        textTransform: 'none',
        color: 'var(--muted)',
        borderColor: 'var(--outline)',
        '&.Mui-selected': { color: 'var(--ink)', backgroundColor: 'var(--selected)', fontWeight: 600 },
        '&.Mui-selected:hover': { backgroundColor: 'var(--selected)' },
      },
    },
  },
  MuiAutocomplete: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      option: { minHeight: '36px !important' },
      inputRoot: { paddingTop: '5px !important', paddingBottom: '5px !important' },
      tag: { margin: '0 3px 0 2px' },
    },
  },
};

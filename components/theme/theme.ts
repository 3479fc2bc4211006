import { createTheme } from '@mui/material/styles';
import { inputOverrides } from './override-inputs';
import { navigationOverrides } from './override-navigation';
import { surfaceOverrides } from './override-surfaces';
import { paletteOf } from './palette';
import { DARK, FONT_EDITORIAL, FONT_INTERFACE, LIGHT, MOTION, RADIUS, SCHEME_ATTRIBUTE, SPACING } from './tokens';

/** The one theme: both schemes as CSS variables, so switching needs no new render and no flash. */
export const theme = createTheme({
  cssVariables: { cssVarPrefix: 'hp', colorSchemeSelector: SCHEME_ATTRIBUTE },
  colorSchemes: { light: { palette: paletteOf(LIGHT) }, dark: { palette: paletteOf(DARK) } },
  shape: { borderRadius: RADIUS },
  spacing: SPACING,
  typography: {
    fontFamily: FONT_INTERFACE,
    fontSize: 14,
    fontWeightMedium: 500,
    fontWeightBold: 600,
    h1: { fontSize: '1.75rem', lineHeight: 1.25, fontWeight: 600, letterSpacing: '-0.017em' },
    h2: { fontSize: '1rem', lineHeight: 1.5, fontWeight: 600, letterSpacing: '-0.006em' },
    h3: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 600 },
    h4: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 600 },
    h5: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 600 },
    h6: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 600 },
    subtitle1: { fontFamily: FONT_EDITORIAL, fontSize: '1.25rem', lineHeight: 1.4, fontWeight: 400 },
    subtitle2: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 600 },
    body1: { fontSize: '0.875rem', lineHeight: 1.5 },
    body2: { fontSize: '0.875rem', lineHeight: 1.5 },
    caption: { fontSize: '0.75rem', lineHeight: 1.5 },
    overline: { fontSize: '0.75rem', lineHeight: 1.5, textTransform: 'none', letterSpacing: 0, fontWeight: 500 },
    button: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 500, textTransform: 'none' },
  },
  transitions: {
    duration: {
      shortest: 80,
      shorter: 100,
      short: 120,
      standard: MOTION,
      complex: MOTION,
      enteringScreen: MOTION,
      leavingScreen: 120,
    },
  },
  components: { ...inputOverrides, ...navigationOverrides, ...surfaceOverrides },
});

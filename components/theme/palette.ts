import type { PaletteOptions } from '@mui/material/styles';
import type { SchemeTokens } from './tokens';

declare module '@mui/material/styles' {
  interface Palette {
    outline: string;
    claimed: string;
    surface: string;
    heat: Record<string, string>;
  }
  interface PaletteOptions {
    outline?: string;
    claimed?: string;
    surface?: string;
    heat?: Record<string, string>;
  }
}

/** Material UI's palette for one scheme; the keys beyond MUI's own become `--hp-palette-…` variables too. */
export function paletteOf(tokens: SchemeTokens): PaletteOptions {
  return {
    primary: { main: tokens.accent, contrastText: tokens.onAccent },
    secondary: { main: tokens.muted, contrastText: tokens.surface },
    success: { main: tokens.good, contrastText: tokens.surface },
    warning: { main: tokens.attention, contrastText: tokens.surface },
    error: { main: tokens.serious, contrastText: tokens.surface },
    info: { main: tokens.accent, contrastText: tokens.onAccent },
    background: { default: tokens.paper, paper: tokens.surface },
    text: { primary: tokens.ink, secondary: tokens.muted },
    divider: tokens.line,
    outline: tokens.outline,
    claimed: tokens.claimed,
    surface: tokens.surface,
    heat: heatVariables(tokens),
  };
}

function heatVariables(tokens: SchemeTokens): Record<string, string> {
  return Object.fromEntries(
    tokens.heat.flatMap((step, level) => [
      [`fill${level}`, step.fill],
      [`text${level}`, step.text],
    ]),
  );
}

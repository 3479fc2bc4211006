/**
 * The palette of Heptad, once. The Material UI theme turns these into CSS variables; `tokens.test.ts`
 * proves that every pair that carries text keeps WCAG contrast in both schemes.
 */
export interface SchemeTokens {
  readonly paper: string;
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  /** Outlines of inputs and controls: 3:1 against the surface (WCAG 1.4.11). */
  readonly outline: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly good: string;
  readonly attention: string;
  readonly serious: string;
  /** Claimed but unproven: the middle tone between accent and line. */
  readonly claimed: string;
  /** Levels 0–5: fill and the text that stands on it. */
  readonly heat: readonly HeatStep[];
}

export interface HeatStep {
  readonly fill: string;
  readonly text: string;
}

export const LIGHT: SchemeTokens = {
  paper: '#FAF9F6',
  surface: '#FFFFFF',
  ink: '#1A2028',
  muted: '#566070',
  line: '#E2E4E8',
  outline: '#838C98',
  accent: '#0B5C6B',
  onAccent: '#FFFFFF',
  good: '#1F6F43',
  attention: '#8A5300',
  serious: '#A3262E',
  claimed: '#9CC3CA',
  heat: [
    { fill: '#F1F6F6', text: '#1A2028' },
    { fill: '#DCEAEC', text: '#1A2028' },
    { fill: '#B7D5DA', text: '#1A2028' },
    { fill: '#83B5BE', text: '#1A2028' },
    { fill: '#2B7A88', text: '#FFFFFF' },
    { fill: '#0A4A56', text: '#FFFFFF' },
  ],
};

export const DARK: SchemeTokens = {
  paper: '#0F1317',
  surface: '#171D23',
  ink: '#E9ECEF',
  muted: '#A3ADB8',
  line: '#2A323B',
  outline: '#6B7683',
  accent: '#5CC2D1',
  onAccent: '#0F1317',
  good: '#6CC596',
  attention: '#E0A458',
  serious: '#F08C8C',
  claimed: '#2F6570',
  heat: [
    { fill: '#182127', text: '#E9ECEF' },
    { fill: '#1B323A', text: '#E9ECEF' },
    { fill: '#1D4852', text: '#E9ECEF' },
    { fill: '#22616D', text: '#E9ECEF' },
    { fill: '#4CA5B4', text: '#0F1317' },
    { fill: '#98DCE7', text: '#0F1317' },
  ],
};

/** Type scale in pixels; the theme writes rem so that a reader's own text size holds. */
export const TYPE_SCALE = { small: 12, body: 14, lead: 16, title: 20, display: 28, score: 44 } as const;

export const RADIUS = 6;
export const SPACING = 4;

/** Longest motion allowed, in milliseconds (face.md). */
export const MOTION = 150;

export const FONT_INTERFACE = '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif';
export const FONT_EDITORIAL = '"Source Serif 4 Variable", Georgia, "Times New Roman", serif';

/** Attribute on `<html>` that carries the chosen colour scheme. */
export const SCHEME_ATTRIBUTE = 'data-theme';

import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, type SchemeTokens } from './tokens';

const TEXT = 4.5;
const GRAPHIC = 3;

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s palette', (_name, scheme) => {
  it.each(textPairs(scheme))('keeps 4.5:1 for %s', (_pair, text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(TEXT);
  });

  it.each([
    ['control outline on surface', scheme.outline, scheme.surface],
    ['control outline on paper', scheme.outline, scheme.paper],
    ['focus ring on surface', scheme.accent, scheme.surface],
    ['proven bar on surface', scheme.accent, scheme.surface],
  ])('keeps 3:1 for %s', (_pair, mark, ground) => {
    expect(contrast(mark, ground)).toBeGreaterThanOrEqual(GRAPHIC);
  });

  it('orders the heatmap ramp so that it still reads in greyscale', () => {
    const light = scheme.heat.map((step) => luminance(step.fill));
    const ordered = [...light].toSorted((a, b) => (scheme === LIGHT ? b - a : a - b));
    expect(light).toEqual(ordered);
    for (let level = 1; level < light.length; level += 1) {
      expect(contrast(scheme.heat[level]!.fill, scheme.heat[level - 1]!.fill)).toBeGreaterThan(1.08);
    }
  });
});

function textPairs(scheme: SchemeTokens): [string, string, string][] {
  const inks = ['ink', 'muted', 'accent', 'good', 'attention', 'serious'] as const;
  const grounds = ['paper', 'surface'] as const;
  const plain = inks.flatMap((ink) =>
    grounds.map((ground): [string, string, string] => [`${ink} on ${ground}`, scheme[ink], scheme[ground]]),
  );
  const ramp = scheme.heat.map((step, level): [string, string, string] => [
    `heat level ${level}`,
    step.text,
    step.fill,
  ]);
  return [...plain, ...ramp, ['text on accent', scheme.onAccent, scheme.accent]];
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

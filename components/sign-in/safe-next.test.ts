import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next';

describe('safeNext', () => {
  it.each(['/', '/heatmap?by=sector&asOf=2026-10', '/controls/GOV-01#why'])('keeps the own path %s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    ['/a', '/b'],
  ])('answers the start page for %j', (asked) => {
    expect(safeNext(asked)).toBe('/');
  });
});

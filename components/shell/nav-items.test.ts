import { describe, expect, it } from 'vitest';
import { allowedSections, currentItem, hrefWithScope, NAV_SECTIONS, phoneItems } from './nav-items';

const all = NAV_SECTIONS.flatMap((section) => section.items);
const heatmap = all.find((item) => item.id === 'heatmap')!;
const controls = all.find((item) => item.id === 'controls')!;

describe('the navigation', () => {
  it('shows only allowed pages and no empty section', () => {
    const sections = allowedSections(['overview', 'log']);
    expect(sections.map((section) => section.items.map((item) => item.id))).toEqual([['overview'], ['log']]);
  });

  it('gives a phone four pages, whoever asks', () => {
    expect(phoneItems(all.map((item) => item.id)).map((item) => item.id)).toEqual([
      'overview',
      'tasks',
      'heatmap',
      'evidence',
    ]);
    expect(phoneItems(['log', 'settings']).map((item) => item.id)).toEqual(['log', 'settings']);
  });

  it.each([
    ['/', 'overview'],
    ['/evidence', 'evidence'],
    ['/evidence/review', 'review'],
    ['/controls/GOV-01', 'controls'],
    ['/controlsx', undefined],
    ['/nowhere', undefined],
  ])('knows that %s belongs to %s', (pathname, id) => {
    expect(currentItem(pathname)?.id).toBe(id);
  });

  it('carries entity and month to pages that read them, and nothing else', () => {
    const current = new URLSearchParams('entity=e1&asOf=2026-10&sort=name');
    expect(hrefWithScope(heatmap, current)).toBe('/heatmap?entity=e1&asOf=2026-10');
    expect(hrefWithScope(controls, current)).toBe('/controls');
  });
});

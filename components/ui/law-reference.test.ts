import { describe, expect, it } from 'vitest';
import { lawReference } from './law-reference';

describe('lawReference', () => {
  it.each([
    ['nis2.21.2.d', 'en-GB', 'Art. 21(2)(d)'],
    ['nis2.21.2.d', 'de-DE', 'Art. 21 Abs. 2 Buchst. d'],
    ['nis2.28', 'en-GB', 'Art. 28'],
    ['nis2.23.4.a', 'en-GB', 'Art. 23(4)(a)'],
    ['cir2690.3-14', 'en-GB', 'Art. 3–14 2024/2690'],
    ['own-rule', 'en-GB', 'own-rule'],
    ['other.1', 'de-DE', 'other.1'],
  ])('writes %s in %s as %s', (id, locale, text) => {
    expect(lawReference(id, locale)).toBe(text);
  });
});

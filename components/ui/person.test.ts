import { describe, expect, it } from 'vitest';
import { initialsOf } from './person';

describe('initialsOf', () => {
  it.each([
    ['Mara Lindqvist', 'ML'],
    ['Dr. Anna Maria Ödegård', 'DÖ'],
    ['  josé  ', 'J'],
    ['李 小龙', '李小'],
    ['𝒜lice Zed', '𝒜Z'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

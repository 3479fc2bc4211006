import { describe, expect, it } from 'vitest';
import { guessDay, guessType, titleOf } from './guess';

describe('what a file name tells', () => {
  it('suggests the type from its words, in English and German', () => {
    expect(guessType('Restore-Test Hamburg.pdf')).toBe('backup_test');
    expect(guessType('Vorstandsprotokoll 2026-03.pdf')).toBe('board_minutes');
    expect(guessType('holiday.pdf')).toBeNull();
  });

  it('finds the day in the usual ways of writing it, and never one in the future', () => {
    expect(guessDay('scan_2026-03-31.json', '2026-11-23')).toBe('2026-03-31');
    expect(guessDay('Bericht 31.03.2026.pdf', '2026-11-23')).toBe('2026-03-31');
    expect(guessDay('export20260331.csv', '2026-11-23')).toBe('2026-03-31');
    expect(guessDay('plan-2027-01-01.pdf', '2026-11-23')).toBeNull();
    expect(guessDay('2026-13-45.pdf', '2026-11-23')).toBeNull();
  });

  it('makes a readable title', () => {
    expect(titleOf('access_review-q3.xlsx')).toBe('Access review q3');
  });
});

import { describe, expect, it } from 'vitest';
import { plainName } from './plain-name';

describe('a file’s name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    [String.raw`C:\Users\me\report.pdf`, 'report.pdf'],
    ['folder/', ''],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u0000b\r\n.pdf', 'ab.pdf'],
    ['Ko\u0308ln.pdf', 'Köln.pdf'],
    ['💥 “Bericht”.pdf', '💥 “Bericht”.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(plainName(given)).toBe(kept);
  });
});

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, csvLines } from './csv';

describe('CSV', () => {
  test('starts with a byte order mark and ends every record with CRLF', () => {
    expect([...csvLines(['a', 'b'], [[1, 'x']])]).toEqual(['\uFEFFa,b\r\n', '1,x\r\n']);
  });

  test('quotes what RFC 4180 wants quoted, and nothing else', () => {
    expect(csvLine(['plain', 'a,b', 'say "x"', 'two\nlines', ' led', null, -3.5, true])).toBe(
      'plain,"a,b","say ""x""","two\nlines"," led",,-3.5,true\r\n',
    );
  });

  test.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\tx', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'never lets a spreadsheet run a text: %j',
    (text) => {
      const [[field = ''] = []] = parse(csvLine([text]), { relax_column_count: true });
      expect(field).toBe(`'${text}`);
    },
  );

  test('is read back as it was written, whatever the text', () => {
    const anyText = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r\n＝＋－＠]/u.test(text));
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 2, maxLength: 5 }), (row) => {
        expect(parse(csvLine(row), { relax_column_count: true, record_delimiter: '\r\n' })).toEqual([row]);
      }),
      { numRuns: 1_000 },
    );
  });
});

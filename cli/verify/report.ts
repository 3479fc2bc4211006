import type { Verdict } from '@/lib/translog/verify/verdict';

const MAX_PROBLEMS = 20;

/** The verdict for programs. `ok`, `size`, `root` and `firstBad` are a promise; the rest may grow. */
export function jsonReport(verdict: Verdict): string {
  return `${JSON.stringify(verdict, null, 2)}\n`;
}

/** The answer for programs when nothing could be verified. */
export function jsonError(error: string): string {
  return `${JSON.stringify({ ok: false, size: null, root: null, firstBad: null, error }, null, 2)}\n`;
}

/** The verdict for people. */
export function textReport(verdict: Verdict): string {
  const lines = verdict.ok ? goodLines(verdict) : badLines(verdict);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function goodLines(verdict: Verdict): string[] {
  const { start, end, origin, size, root, signedBy, alsoSignedBy, isTrusted, checked } = verdict;
  const extras = [
    count(checked.payloads, 'payload'),
    count(checked.files, 'attached file'),
    count(checked.history, 'earlier checkpoint'),
  ];
  const positions = end > start ? `, positions ${start} to ${end - 1} of ${size},` : '';
  return [
    `OK: ${count(end - start, 'entry', 'entries')} of ${origin}${positions} are as logged.`,
    `  also checked  ${extras.join(', ')}`,
    `  root          ${root}`,
    ...signedBy.map((key) => `  signed by     ${key}`),
    ...alsoSignedBy.map((key) => `  unknown       ${key}`),
    ...(alsoSignedBy.length > 0
      ? ['You did not name the unknown keys. They came with the data, and so did the names they bear.']
      : []),
    ...(isTrusted
      ? []
      : ['The key came with the data. Compare it with the one that the log publishes, or name that one with --key.']),
  ];
}

function badLines({ firstBad, start, problems, root }: Verdict): string[] {
  const proven = firstBad !== null && firstBad > start ? ` Entries ${start} to ${firstBad - 1} are as logged.` : '';
  const more = problems.length - MAX_PROBLEMS;
  return [
    `NOT OK: first bad position ${firstBad}.${root === null ? '' : proven}`,
    ...problems.slice(0, MAX_PROBLEMS).map(({ part, position, message }) => `  ${position}  ${part}: ${message}`),
    ...(more > 0 ? [`  and ${count(more, 'more problem')}`] : []),
  ];
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Names in a pack are written by others: nothing in them may steer the terminal. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

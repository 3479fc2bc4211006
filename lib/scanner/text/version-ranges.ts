import { compareVersions } from './advisories';

/** One clause of a range: PEP 440's operators, and npm's caret, tilde and equals sign. */
interface Clause {
  operator: string;
  version: string;
}

const CLAUSE = /(===|==|~=|!=|<=|>=|[<>=^~]|(?<![\w.!+*-])(?=v?\d))\s*(v?\d[\w.!+*-]*)/gi;

/** What a range says about one version: it is asked for, it is one of several, or it is not meant. */
export type Admission = 'chosen' | 'admitted' | 'excluded';

/**
 * How a range treats a version. `chosen`: an installer that takes the newest release takes this one, since nothing newer
 * is allowed. `admitted`: the range names it as its lower end, so that it may be what is installed. Ranges that merely
 * reach over it are `excluded`: `ultralytics>=8.0` means the newest. Sources: PEP 440; npm's semver.
 */
export function admissionOf(range: string, version: string): Admission {
  return range
    .split('||')
    .map((choice) => admissionOfChoice(readClauses(choice), version))
    .reduce<Admission>((worst, one) => (worst === 'chosen' || one === 'excluded' ? worst : one), 'excluded');
}

/** The only version a range means; undefined when it means several. */
export function exactVersion(range: string): string | undefined {
  if (range.includes('||')) return undefined;
  const clauses = readClauses(range);
  const exact = clauses.find(({ operator, version }) => isExact(operator) && !isWildcard(version));
  if (exact !== undefined) return exact.version;
  const lowest = clauses.find(({ operator }) => operator === '>=')?.version;
  const highest = clauses.find(({ operator }) => operator === '<=')?.version;
  const isOne = lowest !== undefined && highest !== undefined && compareVersions(lowest, highest) === 0;
  return isOne ? lowest : undefined;
}

function admissionOfChoice(clauses: readonly Clause[], version: string): Admission {
  if (clauses.length === 0 || !clauses.every((clause) => admits(clause, version))) return 'excluded';
  const next = nextRelease(version);
  if (clauses.some((clause) => clause.operator !== '!=' && !admits(clause, next))) return 'chosen';
  const isNamed = clauses.some((clause) => clause.operator !== '!=' && compareVersions(clause.version, version) === 0);
  return isNamed ? 'admitted' : 'excluded';
}

function readClauses(range: string): Clause[] {
  // npm writes “1.0 - 2.0” for what everybody else writes “>=1.0 <=2.0”.
  const plain = range.replace(/^\s*(v?\d[\w.+]*)\s+-\s+(v?\d[\w.+]*)\s*$/i, '>=$1 <=$2');
  const clauses: Clause[] = [];
  for (const [, operator, version] of plain.matchAll(CLAUSE)) {
    // An epoch of 0 is the default one.
    clauses.push({ operator: operator!, version: version!.replace(/^v/i, '').replace(/^0+!/, '') });
  }
  return clauses;
}

const isExact = (operator: string): boolean => ['', '=', '==', '==='].includes(operator);
const isWildcard = (version: string): boolean => /(?:^|\.)[x*]/i.test(version);

function admits({ operator, version: bound }: Clause, version: string): boolean {
  if (isExact(operator) && isWildcard(bound)) return hasPrefix(version, numbers(bound));
  if (operator === '!=' && isWildcard(bound)) return !hasPrefix(version, numbers(bound));
  const order = compareVersions(version, bound);
  if (order === undefined) return false;
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    case '~=':
      return order >= 0 && hasPrefix(version, numbers(bound).slice(0, -1));
    case '~':
      return order >= 0 && hasPrefix(version, numbers(bound).slice(0, 2));
    case '^':
      return order >= 0 && hasPrefix(version, caretPrefix(numbers(bound)));
    default:
      return order === 0;
  }
}

/** npm's caret keeps everything up to the first number that is not 0. */
function caretPrefix(release: readonly number[]): number[] {
  const first = release.findIndex((part) => part !== 0);
  return release.slice(0, first < 0 ? release.length : first + 1);
}

function hasPrefix(version: string, prefix: readonly number[]): boolean {
  const release = numbers(version);
  return prefix.every((part, index) => (release[index] ?? 0) === part);
}

/** The numbers of a release, up to its first part that is none. */
function numbers(version: string): number[] {
  const parts = version.split('.');
  const end = parts.findIndex((part) => !/^\d{1,9}/.test(part));
  return (end < 0 ? parts : parts.slice(0, end)).map((part) => Number.parseInt(part, 10));
}

function nextRelease(version: string): string {
  const release = numbers(version);
  return [...release.slice(0, -1), (release.at(-1) ?? 0) + 1].join('.');
}

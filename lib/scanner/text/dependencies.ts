import type { ScanContext } from '../scan-context';
import { advisoriesFor, worstOf } from './advisories';
import { LineCounter } from './line-counter';
import { FAMOUS_PACKAGES, MALICIOUS_PACKAGES, MALICIOUS_VERSIONS, NEAR_NAMES } from './package-names';
import { readPyproject } from './pyproject';
import { readRequirements, type Requirement } from './requirements';
import { admissionOf, exactVersion } from './version-ranges';

export interface Dependency {
  ecosystem: 'pypi' | 'npm';
  name: string;
  /** Which versions are asked for, in the ecosystem's own words. */
  range: string;
  /** 1-based; worked out only for what is reported. */
  line: () => number;
}

const MIN_LOOKALIKE = 5;
/** Nobody's range is longer. */
const MAX_RANGE = 5000;
const PYTHON_LIST =
  /(?:^|\/)(?:(?:[\w.-]*[_.-])?(?:requirements|constraints)[\w.-]*|(?:requirements|constraints)\/[^/]+)\.(?:txt|in|pip)$/i;

/** True for the files that name what a program installs. */
export const isDependencyList = (fileName: string): boolean =>
  PYTHON_LIST.test(fileName) || /(?:^|\/)(?:pyproject\.toml|package\.json)$/.test(fileName);

/** Reads lists of requirements, pyproject.toml and package.json; an empty list for other files. */
export function readDependencies(fileName: string, text: string): Dependency[] {
  if (PYTHON_LIST.test(fileName)) return readRequirements(text).map(python);
  const base = fileName.split('/').at(-1) ?? '';
  if (base === 'pyproject.toml') return readPyproject(text).map(python);
  return base === 'package.json' ? readPackageJson(text) : [];
}

/** Known malicious names and versions, published vulnerabilities, and names one slip away from famous ones. */
export function scanDependencies(dependencies: readonly Dependency[], context: ScanContext): void {
  for (const dependency of dependencies) {
    if (context.isExpired()) return;
    const { ecosystem, name, range, line } = dependency;
    if (range.length > MAX_RANGE) {
      context.reportUnreadable(`The versions of ${name} are too many to read`);
      continue;
    }
    if (reportMalicious(dependency, context)) continue;
    reportVulnerable(dependency, context);
    const famous = lookalikeOf(ecosystem, name);
    if (famous === undefined) continue;
    context.report({
      ruleId: 'DEP-002',
      message: `${name} is one slip away from ${famous}`,
      location: { line: line() },
      identity: name,
    });
  }
}

/** A range that leads to the bad release is as bad as naming it; one that only starts there is worth a word. */
function reportMalicious({ ecosystem, name, range, line }: Dependency, context: ScanContext): boolean {
  const isMalicious = MALICIOUS_PACKAGES[ecosystem].has(name);
  const releases = MALICIOUS_VERSIONS.get(`${ecosystem}:${name}`) ?? [];
  const admissions = isMalicious ? [] : releases.map((release) => admissionOf(range, release));
  const chosen = releases[admissions.indexOf('chosen')];
  const admitted = releases[admissions.indexOf('admitted')];
  if (!isMalicious && chosen === undefined && admitted === undefined) return false;
  const isCertain = isMalicious || chosen !== undefined;
  const release = chosen ?? admitted;
  context.report({
    ruleId: 'DEP-001',
    severity: isCertain ? undefined : 'LOW',
    message: `${name}${release === undefined ? '' : ` ${release}`} is malicious${isCertain ? '' : ' and may be installed'}`,
    location: { line: line() },
    identity: isCertain ? name : `${name} ${range}`,
  });
  return isCertain;
}

function reportVulnerable({ ecosystem, name, range, line }: Dependency, context: ScanContext): void {
  const version = exactVersion(range);
  const advisories = version === undefined ? [] : advisoriesFor(ecosystem, name, version);
  if (advisories.length === 0) return;
  const ids = [...new Set(advisories.map(({ id }) => id))];
  context.report({
    ruleId: 'DEP-003',
    severity: worstOf(advisories),
    message: `${name} ${version} has ${ids.join(', ')}; ${advisories.map(({ fixed }) => fixed).join(', ')} corrects it`,
    location: { line: line() },
    cve: ids,
    identity: `${name} ${version}`,
  });
}

/** The famous package a name imitates; undefined for famous and for ordinary names. */
export function lookalikeOf(ecosystem: Dependency['ecosystem'], name: string): string | undefined {
  const famous = FAMOUS_PACKAGES[ecosystem];
  if (name.length < MIN_LOOKALIKE || famous.has(name) || NEAR_NAMES.has(name)) return undefined;
  for (const other of famous) if (other.length >= MIN_LOOKALIKE && isOneSlip(name, other)) return other;
  return undefined;
}

/** One letter more, less, changed or swapped with its neighbour. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (a.length > b.length) return restA.slice(1) === restB;
  if (b.length > a.length) return restB.slice(1) === restA;
  const isSwapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return isSwapped || restA.slice(1) === restB.slice(1);
}

const python = ({ name, range, line }: Requirement): Dependency => ({
  ecosystem: 'pypi',
  name,
  range,
  line: () => line,
});

function readPackageJson(text: string): Dependency[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Broken JSON installs nothing.
    return [];
  }
  const groups = (parsed ?? {}) as Record<string, unknown>;
  const lineOf = keyLines(text);
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) =>
    Object.entries((groups[key] ?? {}) as Record<string, unknown>).map(([name, range]) => ({
      ecosystem: 'npm' as const,
      ...readAlias(name, typeof range === 'string' ? range : ''),
      line: () => lineOf(name),
    })),
  );
}

/** The lines of keys that are asked for in the order of the text, or nearly. */
function keyLines(text: string): (key: string) => number {
  const lines = new LineCounter(text);
  let cursor = 0;
  return (key) => {
    const ahead = text.indexOf(`"${key}"`, cursor);
    cursor = Math.max(0, ahead < 0 ? text.indexOf(`"${key}"`) : ahead);
    return lines.before(cursor) + 1;
  };
}

/** `npm:chalk@5.6.1` installs another package under this name. */
function readAlias(name: string, range: string): { name: string; range: string } {
  const alias = /^npm:(@?[^@]+)(?:@(.*))?$/.exec(range.trim());
  return alias === null ? { name, range } : { name: alias[1]!, range: alias[2] ?? '' };
}

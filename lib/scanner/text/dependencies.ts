import type { ScanContext } from '../scan-context';
import { advisoriesFor, worstOf } from './advisories';
import { FAMOUS_PACKAGES, MALICIOUS_PACKAGES, MALICIOUS_VERSIONS, NEAR_NAMES } from './package-names';

export interface Dependency {
  ecosystem: 'pypi' | 'npm';
  name: string;
  version: string | undefined;
  line: number;
}

const MIN_LOOKALIKE = 5;

/** Reads requirements.txt, pyproject.toml and package.json; an empty list for other files. */
export function readDependencies(fileName: string, text: string): Dependency[] {
  const base = fileName.split('/').at(-1) ?? '';
  if (/^requirements[\w.-]*\.(?:txt|in)$/.test(base)) return readRequirements(text);
  if (base === 'pyproject.toml') return readPyproject(text);
  return base === 'package.json' ? readPackageJson(text) : [];
}

/** Known malicious names and versions, published vulnerabilities, and names one slip away from famous ones. */
export function scanDependencies(dependencies: readonly Dependency[], context: ScanContext): void {
  for (const { ecosystem, name, version, line } of dependencies) {
    const isMalicious =
      MALICIOUS_PACKAGES[ecosystem].has(name) ||
      (version !== undefined && MALICIOUS_VERSIONS.has(`${ecosystem}:${name}@${version}`));
    if (isMalicious) {
      context.report({
        ruleId: 'DEP-001',
        message: `${name}${version === undefined ? '' : ` ${version}`} is malicious`,
        location: { line },
        identity: name,
      });
      continue;
    }
    reportVulnerable({ ecosystem, name, version, line }, context);
    const famous = lookalikeOf(ecosystem, name);
    if (famous === undefined) continue;
    context.report({
      ruleId: 'DEP-002',
      message: `${name} is one slip away from ${famous}`,
      location: { line },
      identity: name,
    });
  }
}

function reportVulnerable({ ecosystem, name, version, line }: Dependency, context: ScanContext): void {
  const advisories = version === undefined ? [] : advisoriesFor(ecosystem, name, version);
  if (advisories.length === 0) return;
  const ids = [...new Set(advisories.map(({ id }) => id))];
  context.report({
    ruleId: 'DEP-003',
    severity: worstOf(advisories),
    message: `${name} ${version} has ${ids.join(', ')}; ${advisories.map(({ fixed }) => fixed).join(', ')} corrects it`,
    location: { line },
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

function readRequirements(text: string): Dependency[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const match = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?:==\s*([\w.!+*-]+))?/.exec(row);
    return match === null || /^\s*(?:https?|git\+|file|-)/.test(row) ? [] : [python(match[1]!, match[2], index + 1)];
  });
}

function readPyproject(text: string): Dependency[] {
  const dependencies: Dependency[] = [];
  for (const block of text.matchAll(/^[ \t]*[\w-]{1,60}[ \t]*=[ \t]*\[([^\]]*)\]/gm)) {
    const isDependencies =
      /dependencies|requires/.test(block[0]) || /optional-dependencies/.test(text.slice(0, block.index));
    if (!isDependencies) continue;
    const line = text.slice(0, block.index).split('\n').length;
    for (const item of block[1]!.matchAll(/["']([A-Za-z0-9][A-Za-z0-9._-]*)[^"'=]*(?:==\s*([\w.]+))?[^"']*["']/g)) {
      dependencies.push(python(item[1]!, item[2], line));
    }
  }
  return dependencies;
}

function python(name: string, version: string | undefined, line: number): Dependency {
  return { ecosystem: 'pypi', name: name.toLowerCase().replaceAll(/[._-]+/g, '-'), version, line };
}

function readPackageJson(text: string): Dependency[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Broken JSON installs nothing.
    return [];
  }
  const groups = (parsed ?? {}) as Record<string, unknown>;
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((key) =>
    Object.entries((groups[key] ?? {}) as Record<string, unknown>).map(([name, range]) => ({
      ecosystem: 'npm' as const,
      name,
      version: typeof range === 'string' && /^\d/.test(range) ? range : undefined,
      line: text.slice(0, Math.max(0, text.indexOf(`"${name}"`))).split('\n').length,
    })),
  );
}

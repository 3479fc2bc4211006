import { isAtLeast, type Severity } from '../severity';

/** A published vulnerability: from `introduced` on, before `fixed`. */
export interface Advisory {
  id: string;
  introduced: string;
  fixed: string;
  /** CVSS 3 base score, 0 to 10. */
  score: number;
}

/**
 * Vulnerabilities of the libraries that load models and data, and of a few that most projects have. Kept small and offline:
 * every entry is one that changes what a model file can do, or scores 5 or more.
 */
const ADVISORIES: Readonly<Record<string, readonly (readonly [string, string, string, number])[]>> = {
  'pypi:torch': [['CVE-2025-32434', '0', '2.6.0', 9.8]],
  'pypi:joblib': [['CVE-2022-21797', '0', '1.2.0', 9.8]],
  'pypi:pyyaml': [['CVE-2020-14343', '0', '5.4', 9.8]],
  'pypi:numpy': [['CVE-2019-6446', '0', '1.16.3', 9.8]],
  'pypi:llama-cpp-python': [['CVE-2024-34359', '0.2.30', '0.2.72', 9.6]],
  'pypi:keras': [
    ['CVE-2024-3660', '0', '2.13.1', 9.8],
    ['CVE-2025-1550', '3.0.0', '3.9.0', 7.3],
    ['CVE-2025-8747', '3.0.0', '3.11.0', 7.8],
  ],
  'pypi:nemo-toolkit': [['CVE-2025-23304', '0', '2.3.2', 7.8]],
  'pypi:onnx': [
    ['CVE-2022-25882', '0', '1.13.0', 7.5],
    ['CVE-2024-27318', '0', '1.16.0', 7.5],
  ],
  'pypi:pillow': [['CVE-2023-4863', '0', '10.0.1', 8.8]],
  'pypi:requests': [['CVE-2023-32681', '2.3.0', '2.31.0', 6.1]],
  'npm:minimist': [['CVE-2021-44906', '0', '1.2.6', 9.8]],
  'npm:lodash': [['CVE-2021-23337', '0', '4.17.21', 7.2]],
  'npm:ws': [['CVE-2024-37890', '8.0.0', '8.17.1', 7.5]],
  'npm:next': [
    ['CVE-2025-29927', '14.0.0', '14.2.25', 9.1],
    ['CVE-2025-29927', '15.0.0', '15.2.3', 9.1],
  ],
};

/** The advisories for one exact version; an empty list for packages and versions without any. */
export function advisoriesFor(ecosystem: 'pypi' | 'npm', name: string, version: string): Advisory[] {
  const entries = Object.hasOwn(ADVISORIES, `${ecosystem}:${name}`) ? ADVISORIES[`${ecosystem}:${name}`]! : [];
  return entries
    .map(([id, introduced, fixed, score]) => ({ id, introduced, fixed, score }))
    .filter(({ introduced, fixed }) => {
      const isNew = compareVersions(version, introduced);
      return isNew !== undefined && isNew >= 0 && compareVersions(version, fixed)! < 0;
    });
}

/** Severity of a CVSS 3 base score by the bands of its specification, section 5. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'CRITICAL';
  if (score >= 7) return 'HIGH';
  return score >= 4 ? 'MEDIUM' : 'LOW';
}

/** The worst of several; undefined for none. */
export function worstOf(advisories: readonly Advisory[]): Severity | undefined {
  return advisories
    .map(({ score }) => severityOfScore(score))
    .reduce<Severity | undefined>(
      (worst, one) => (worst === undefined || isAtLeast(one, worst) ? one : worst),
      undefined,
    );
}

/**
 * Order of two versions: below 0, 0 or above. A pre-release comes before its release; local and post-release parts count as
 * the release. Undefined when `a` is no version, such as a range.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [readVersion(a), readVersion(b)];
  if (left === undefined || right === undefined) return undefined;
  const length = Math.max(left.release.length, right.release.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left.release[index] ?? 0) - (right.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(right.isEarly) - Number(left.isEarly);
}

function readVersion(text: string): { release: number[]; isEarly: boolean } | undefined {
  const match = /^v?(\d{1,9}(?:\.\d{1,9}){0,9})((?:[.+_-]?[0-9A-Za-z])*)$/.exec(text.trim());
  if (match === null || /\.x\b/i.test(text)) return undefined;
  const rest = match[2]!;
  return {
    release: match[1]!.split('.').map(Number),
    isEarly: /^[._-]?(?:a|b|c|rc|alpha|beta|dev|pre|next|canary)/i.test(rest),
  };
}

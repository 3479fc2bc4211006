/** From harmless to certain danger; the order is the order of the array. */
export const SEVERITIES = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const isAtLeast = (severity: Severity, threshold: Severity): boolean =>
  severityRank(severity) >= severityRank(threshold);

export const lowerOf = (a: Severity, b: Severity): Severity => (isAtLeast(a, b) ? b : a);

export const higherOf = (a: Severity, b: Severity): Severity => (isAtLeast(a, b) ? a : b);

/** What must not rest with one person (controls.json, GOV-07). */
export type ConflictKind =
  | 'build-and-approve'
  | 'grant-and-use'
  | 'operate-and-review'
  | 'take-and-treat-risk'
  | 'judge-and-report';

/** Pairs of controls that must not have the same accountable person. */
export const CONFLICTING_DUTIES: readonly {
  readonly kind: ConflictKind;
  readonly controls: readonly [string, string];
}[] = [
  // Building or feeding a model, and letting it into service, attacking it or extending its life.
  { kind: 'build-and-approve', controls: ['LIF-12', 'LIF-14'] },
  { kind: 'build-and-approve', controls: ['LIF-13', 'LIF-14'] },
  { kind: 'build-and-approve', controls: ['LIF-15', 'LIF-06'] },
  { kind: 'build-and-approve', controls: ['LIF-19', 'LIF-18'] },
  // Releasing changes, and setting the rules and tests they must pass.
  { kind: 'build-and-approve', controls: ['LIF-04', 'LIF-05'] },
  // Granting access, and administering with it or keeping the record of it.
  { kind: 'grant-and-use', controls: ['RSK-10', 'RSK-11'] },
  { kind: 'operate-and-review', controls: ['MON-04', 'MON-05'] },
  { kind: 'operate-and-review', controls: ['TRU-07', 'TRU-01'] },
  // Setting the appetite for risk, and treating it within that appetite.
  { kind: 'take-and-treat-risk', controls: ['GOV-08', 'RSK-03'] },
  // Judging whether an incident is significant, and reporting it.
  { kind: 'judge-and-report', controls: ['MON-03', 'MON-02'] },
];

/** Roles whose worth is that they do not run what they look at (roles.json; GDPR Article 38(6) for the DPO). */
export const INDEPENDENT_ROLES: readonly {
  readonly role: string;
  readonly letters: readonly ('A' | 'R')[];
}[] = [
  { role: 'internal_audit', letters: ['A', 'R'] },
  { role: 'dpo', letters: ['A'] },
];

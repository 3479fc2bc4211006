/** What the thin band across the top tells. */
export type ShellBand = { kind: 'demonstration' } | { kind: 'auditor'; endsAt: string };

interface Situation {
  organisation: { isDemo: boolean };
  engagement: { endsAt: string } | null;
}

/** The special situations of a signed-in person, the most pressing first; usually none. */
export function bandsOf({ organisation, engagement }: Situation): ShellBand[] {
  return [
    ...(engagement ? [{ kind: 'auditor' as const, endsAt: engagement.endsAt }] : []),
    ...(organisation.isDemo ? [{ kind: 'demonstration' as const }] : []),
  ];
}

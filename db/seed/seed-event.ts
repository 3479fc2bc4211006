/** A line of the log as the seed remembers it: written after the fact, with the instant it tells of. */
export type SeedEvent = {
  at: Date;
  actor: string | null;
  verb: string;
  kind: string;
  id: string;
  detail: Record<string, unknown>;
};

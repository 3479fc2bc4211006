/** What is known about how long a type of evidence stays valid. */
export interface ValiditySources {
  /** The control's own entry for this evidence type, if it has one (controls.json, `evidence`). */
  readonly controlDays: number | null;
  /** The type's default (evidence-types.json). */
  readonly typeDays: number;
  /** The organisation's own rule; it may shorten the validity, not lengthen it. */
  readonly organisationDays?: number | null;
}

/** Days at full worth for an evidence type on a control: the control's entry first, else the type's default. */
export function resolveValidityDays({ controlDays, typeDays, organisationDays }: ValiditySources): number {
  const catalogueDays = controlDays ?? typeDays;
  return organisationDays == null ? catalogueDays : Math.min(catalogueDays, organisationDays);
}

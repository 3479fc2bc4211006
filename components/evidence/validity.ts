import type { EvidenceItem } from '@/lib/features/evidence/schema';

/** An explicit end may come before the type's validity is over. */
export function validity({
  validityDays,
  validUntil,
  collectedOn,
}: Pick<EvidenceItem, 'validityDays' | 'validUntil' | 'collectedOn'>): number {
  if (!validUntil) return validityDays;
  return Math.max(
    1,
    Math.min(validityDays, Math.round((Date.parse(validUntil) - Date.parse(collectedOn)) / 86_400_000)),
  );
}

/** Zones in which the authorities of the Member States count their deadlines (their seat). */
const ZONE_OF: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
};

/** Where the Union's own bodies sit, and where an undetermined authority is assumed. */
const UNION_ZONE = 'Europe/Brussels';

/** Countries whose authorities are known, ISO 3166 alpha-2. */
export const MEMBER_STATES: readonly string[] = Object.keys(ZONE_OF);

/** The IANA zone of a country's authorities; null and countries outside the Union give the Union's seat. */
export function authorityZone(jurisdiction: string | null): string {
  return (jurisdiction !== null && ZONE_OF[jurisdiction]) || UNION_ZONE;
}

/** The recipient of a national report; an unknown country makes an undetermined recipient, never no recipient. */
export function nationalRecipient(kind: string, jurisdiction: string | null): string {
  return `${kind}:${jurisdiction ?? 'undetermined'}`;
}

import type { PersonRole } from '@/lib/domain/policy/roles';

export type SeedPerson = {
  key: string;
  name: string;
  email: string;
  jobTitle: string;
  roles: PersonRole[];
  /** Catalogue functions (roles.json). */
  functions: string[];
  /** Months before today they joined the management body. */
  appointedMonthsAgo?: number;
  /** Limits the membership to these entities. */
  entities?: string[];
  /** Listed in demo-accounts.json and on the sign-in page. */
  isAccount?: true;
};

export type SeedEntity = {
  key: string;
  name: string;
  legalName: string;
  country: string;
  city: string;
  sector?: string;
  subsector?: string;
  entityType?: string;
  criticality: 1 | 2 | 3;
  facts: Record<string, number | boolean | string>;
  /** How grown-up the entity is, 0–1: moves its marks and how punctually it renews. */
  strength: number;
  /** Layers that lag behind (negative) or lead, in mark points. */
  lean: Partial<Record<string, number>>;
};

export type SeedUnit = {
  entity: string;
  kind: 'essential_service' | 'ai_system' | 'agent' | 'supplier';
  name: string;
  purpose: string;
  criticality: 1 | 2 | 3;
  aiActClass?: 'high' | 'limited' | 'minimal' | 'unknown';
  /** Months from today until the authorisation ends; negative has passed. */
  expiresInMonths?: number;
  strength: number;
};

/** Something collected once or again and again; each time a file of its own, the later one revising the earlier. */
export type SeedProof = {
  title: string;
  type: string;
  controls: string[];
  /** `group`: one proof for every entity it reaches; `entity`: one for each; `unit`: one for each unit of the kind. */
  per: 'group' | 'entity' | 'unit';
  /** Entities it reaches; all when left out. */
  entities?: string[];
  unitKind?: SeedUnit['kind'];
  /** First time, in months before today, then every so many months. */
  fromMonthsAgo: number;
  everyMonths: number;
  /** Key of who brings it. */
  by: string;
  as: 'pdf' | 'csv' | 'png' | 'minutes' | 'training' | 'link';
  source: string;
};

export type SeedOrganisation = {
  key: string;
  name: string;
  slug: string;
  timeZone: string;
  months: number;
  people: SeedPerson[];
  entities: SeedEntity[];
  units: SeedUnit[];
  proofs: SeedProof[];
};

import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { day, idCursor } from '@/lib/kernel/fields';

const flag = z.boolean().nullable().optional();
const amount = z.number().min(0).max(10_000_000).nullable().optional();

/** Facts of the classification rules and of applicability. Missing or null means: not answered yet. */
export const EntityFacts = z.strictObject({
  headcount: z.number().int(hint('entity.headcount')).min(0).max(10_000_000).nullable().optional(),
  turnover_meur: amount,
  balance_meur: amount,
  qualified_trust_provider: flag,
  cer_critical_entity: flag,
  ms_identified: z.enum(['essential', 'important', 'none']).nullable().optional(),
  nis1_oes_kept: flag,
  regional_pa_risk_assessed: flag,
  ms_opt_in: flag,
  security_defence_exclusion: flag,
  dora_exempted: flag,
  offers_in_union: flag,
  uses_ai: flag,
  uses_agents: flag,
  uses_external_ai: flag,
  uses_suppliers: flag,
});
export type EntityFacts = z.infer<typeof EntityFacts>;

const name = z.string().trim().min(1, hint('person.name')).max(120);
const country = z.string().regex(/^[A-Z]{2}$/, hint('entity.country'));
const criticality = z.number().int().min(1).max(3);
const version = z.coerce.number().int().min(1);

const profile = {
  name,
  legalName: z.string().trim().max(200).nullable().optional(),
  country,
  city: z.string().trim().max(120).nullable().optional(),
  sector: z.string().max(60).nullable().optional(),
  subsector: z.string().max(60).nullable().optional(),
  entityType: z.string().max(60).nullable().optional(),
  facts: EntityFacts.default({}),
  criticality: criticality.default(2),
};

export const CreateEntity = z.strictObject(profile);

export const UpdateEntity = z.strictObject({
  id: z.uuid(),
  version,
  name: name.optional(),
  legalName: profile.legalName,
  country: country.optional(),
  city: profile.city,
  sector: profile.sector,
  subsector: profile.subsector,
  entityType: profile.entityType,
  facts: EntityFacts.optional(),
  criticality: criticality.optional(),
});

export const classifications = [
  'essential',
  'important',
  'domain_registration_only',
  'national_option',
  'out_of_scope',
] as const;
export type ClassificationId = (typeof classifications)[number];

export const OverrideClassification = z.strictObject({
  id: z.uuid(),
  version,
  /** null takes the override back. */
  classification: z.enum(classifications).nullable(),
  reason: z.string().trim().min(20, hint('entity.reasonShort')).max(2000).nullable().optional(),
});

export const EntityRef = z.strictObject({ id: z.uuid() });
export const VersionedEntityRef = z.strictObject({ id: z.uuid(), version });

export const ListEntities = z.strictObject({
  q: z.string().max(120).optional(),
  sector: z.string().max(60).optional(),
  country: country.optional(),
  classification: z.enum(classifications).optional(),
  archived: z.enum(['true', 'false']).default('false'),
  cursor: idCursor,
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const ClassifyPreview = z.strictObject({ entityType: z.string().max(60).nullable(), facts: EntityFacts });

export const unitKinds = ['essential_service', 'ai_system', 'agent', 'supplier'] as const;
const unit = {
  kind: z.enum(unitKinds),
  name,
  purpose: z.string().trim().max(500).nullable().optional(),
  criticality: criticality.default(2),
  aiActClass: z.enum(['prohibited', 'high', 'limited', 'minimal', 'unknown']).nullable().optional(),
  expiresOn: day.nullable().optional(),
  ownerId: z.uuid().nullable().optional(),
};

export const CreateUnit = z.strictObject({ id: z.uuid().describe('the entity'), ...unit });
export const UpdateUnit = z.strictObject({
  id: z.uuid(),
  version,
  name: name.optional(),
  purpose: unit.purpose,
  criticality: criticality.optional(),
  aiActClass: unit.aiActClass,
  expiresOn: unit.expiresOn,
  ownerId: unit.ownerId,
});
export const UnitRef = z.strictObject({ id: z.uuid(), version });

export type EntityItem = {
  id: string;
  name: string;
  legalName: string | null;
  country: string;
  city: string | null;
  sector: string | null;
  subsector: string | null;
  entityType: string | null;
  criticality: number;
  /** The class that counts: the override when there is one. */
  classification: ClassificationId;
  isOverridden: boolean;
  facts: EntityFacts;
  version: number;
  isArchived: boolean;
};

export type UnitItem = {
  id: string;
  kind: (typeof unitKinds)[number];
  name: string;
  purpose: string | null;
  criticality: number;
  aiActClass: string | null;
  expiresOn: string | null;
  ownerId: string | null;
  ownerName: string | null;
  version: number;
};

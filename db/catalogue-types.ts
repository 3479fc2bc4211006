/** Shapes of the catalogue's files, as far as the product reads them. The schemas in db/catalogue/schema are the authority. */
/** Languages the catalogue's texts are written in; the same as the interface's. */
export type CatalogueLanguage = 'en' | 'de';
export type LayerId = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'L6' | 'L7';
export type Fact = 'uses_ai' | 'uses_agents' | 'uses_external_ai' | 'uses_suppliers';
export type AssessmentUnitKind = 'organisation' | 'essential_service' | 'ai_system' | 'agent' | 'supplier';
export type EvidenceStrength = 'attestation' | 'document' | 'system' | 'independent';
export type MaturityLevel = '0' | '1' | '2' | '3' | '4' | '5';

export type CatalogueControl = {
  id: string;
  title: string;
  statement: string;
  layer: LayerId;
  secondary_layers: LayerId[];
  capability: string;
  applicability: 'all' | 'ai_only' | 'vendor_only' | 'agentic_only';
  applies_when: Fact[];
  assessment_unit: AssessmentUnitKind;
  key_control: boolean;
  weight: 1 | 2 | 3;
  weight_reason: string;
  obligations: string[];
  requirements_2024_2690: string[];
  ai_threats: string[];
  references: Record<string, string[]>;
  evidence: { type: string; validity_days: number; primary: boolean }[];
  raci: { accountable: string; responsible: string[]; consulted: string[]; informed: string[] };
  metric: string;
  maturity: Record<MaturityLevel, string>;
};

export type CatalogueLayer = {
  id: LayerId;
  order: number;
  slug: string;
  name: string;
  purpose: string;
  accountable_role: string;
  capabilities: { id: string; name: string; controls: string[] }[];
};

export type CatalogueObligation = {
  id: string;
  instrument: string;
  reference: string;
  title: string;
  summary: string;
  kind: string;
  primary_layer: LayerId;
  layers: LayerId[];
  binding_on: string[];
  notes: string | null;
};

export type CatalogueRequirement = {
  id: string;
  reference: string;
  level: string;
  parent: string | null;
  title: string;
  summary: string;
  article_21_2_letters: string[];
  obligations: string[];
  layer: LayerId;
  qualifiers: string[];
  cadence: string | null;
};

export type CatalogueEvidenceType = {
  id: string;
  name: string;
  description: string;
  validity_days: number;
  strength: EvidenceStrength;
};

export type CatalogueRole = { id: string; name: string; description: string };

export type CatalogueSector = {
  id: string;
  annex: 'I' | 'II';
  number: string;
  name: string;
  subsectors: { id: string; name: string; entity_types: { id: string; name: string }[] }[];
};

/** How a rule of the classification is explained; its condition belongs to lib/domain/classification. */
export type CatalogueClassificationRule = { id: string; reference: string; description: string };

export type CatalogueMapping = { control: string; framework: string; element: string; relation: string; link: string };
export type CatalogueFramework = { id: string; name: string; version: string; publisher: string; type: string };
export type CatalogueElement = { framework: string; id: string; label: string };

export type CatalogueScoring = {
  method: string;
  target_levels: Record<'essential' | 'important', Record<'1' | '2' | '3', number>>;
  layer_weights: Record<LayerId, number>;
  constants: { floor: number; support_span: number; key_margin: number; weakest_margin: number };
  maturity_scale: { level: number; name: string; description: string }[];
  level_conditions: { level: number; requires: string }[];
  hard_caps: { id: string; cap: number; when: string; obligations: string[]; controls: string[] }[];
  label_levels: {
    level: number;
    name: string;
    min_readiness: number;
    min_layer: number;
    min_key: number;
    min_coverage: number;
    min_independent_share: number;
    no_open_cap: boolean;
  }[];
};

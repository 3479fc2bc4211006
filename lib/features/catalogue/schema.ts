import { z } from 'zod';
import type { CatalogueControl, CatalogueObligation, CatalogueRequirement } from '@/db/catalogue-types';
import { type FrameworkLink, locale } from '../frameworks/schema';

const q = z.string().trim().max(120).optional();
const layer = z.enum(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']).optional();

export const ListControls = z.strictObject({
  q,
  layer,
  obligation: z.string().max(40).optional(),
  key: z.enum(['true', 'false']).optional(),
  /** Framework element, as `framework:element`. */
  element: z.string().max(80).optional(),
  locale,
});
export const GetControl = z.strictObject({ id: z.string().max(20), locale });
export const ListObligations = z.strictObject({
  q,
  layer,
  binding: z.enum(['essential', 'important']).optional(),
  locale,
});
export const GetObligation = z.strictObject({ id: z.string().max(40), locale });

/** How far an organisation is with one control, over all entities in the reader's reach. */
export type ControlStatus = { assessments: number; marked: number; meanLevel: number | null; accepted: number };

export type ControlListItem = Pick<
  CatalogueControl,
  'id' | 'title' | 'layer' | 'weight' | 'obligations' | 'applicability'
> & { isKey: boolean; status: ControlStatus };

export type ControlInEntity = {
  assessment: string;
  entity: string;
  entityName: string;
  unitName: string | null;
  documentation: number | null;
  implementation: number | null;
  target: number;
  applicability: string;
  owner: string | null;
  dueOn: string | null;
  accepted: number;
  submitted: number;
};

export type ControlDetail = {
  control: CatalogueControl;
  layerName: string;
  capabilityName: string;
  obligations: Pick<CatalogueObligation, 'id' | 'reference' | 'title'>[];
  requirements: Pick<CatalogueRequirement, 'id' | 'title' | 'summary'>[];
  frameworks: FrameworkLink[];
  evidenceTypes: {
    id: string;
    name: string;
    description: string;
    strength: string;
    validityDays: number;
    isPrimary: boolean;
  }[];
  entities: ControlInEntity[];
  neighbours: { previous: string | null; next: string | null };
};

export type ObligationListItem = Pick<
  CatalogueObligation,
  'id' | 'instrument' | 'reference' | 'title' | 'summary' | 'kind' | 'primary_layer' | 'layers' | 'binding_on'
> & {
  controls: number;
  requirements: number;
  status: ControlStatus;
};

export type ObligationDetail = {
  obligation: CatalogueObligation;
  requirements: (Pick<CatalogueRequirement, 'id' | 'title' | 'summary' | 'level'> & { controls: string[] })[];
  controls: (ControlListItem & { frameworks: FrameworkLink[] })[];
};

import { z } from 'zod';
import type { CatalogueFramework, CatalogueLanguage } from '@/db/catalogue-types';

/** The language of the catalogue's texts; English when not said. */
export const locale = z.enum(['en', 'de'] satisfies CatalogueLanguage[]).optional();

export const ListFrameworks = z.strictObject({});
export const GetFramework = z.strictObject({
  id: z.string().max(40),
  q: z.string().trim().max(120).optional(),
  locale,
});

export type FrameworkLink = {
  framework: string;
  frameworkName: string;
  element: string;
  label: string;
  relation: string;
};

export type FrameworkDetail = {
  framework: CatalogueFramework;
  elements: { id: string; label: string; controls: { id: string; title: string; relation: string }[] }[];
};

import { z } from 'zod';

export const Search = z.strictObject({ q: z.string().trim().min(2, 'Type at least two characters.').max(80) });

export type SearchHit = {
  kind: 'entity' | 'control' | 'obligation' | 'evidence';
  id: string;
  title: string;
  detail: string;
  href: string;
};

import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { locale } from '../frameworks/schema';

export const Search = z.strictObject({ q: z.string().trim().min(2, hint('search.short')).max(80), locale });

export type SearchHit = {
  kind: 'entity' | 'control' | 'obligation' | 'evidence';
  id: string;
  title: string;
  detail: string;
  href: string;
};

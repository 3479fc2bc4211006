import type { z } from 'zod';

/** Search parameters of a page as Next hands them over. */
export type Search = Record<string, string | string[] | undefined>;

/**
 * The part of a page's search parameters that a query knows, checked by the query's own schema. What does not fit is
 * left out instead of refused: a shared or hand-edited address still shows the page.
 */
export function pick<I extends z.ZodObject>(search: Search, schema: I): z.input<I> {
  const known = Object.entries(search).filter(([name, value]) => {
    const field = schema.shape[name] as z.ZodType | undefined;
    return field !== undefined && value !== undefined && field.safeParse(value).success;
  });
  return Object.fromEntries(known) as z.input<I>;
}

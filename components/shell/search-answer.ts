import type { FinderGroup } from '../ui/finder';

/** `GET /api/v1/search?q=`: things the person may open, best first. */
export interface SearchAnswer {
  items: FoundThing[];
}

export interface FoundThing {
  kind: string;
  id: string;
  title: string;
  detail?: string | null;
}

const ADDRESSES = {
  entity: (id: string) => `/entities/${id}`,
  control: (id: string) => `/controls/${id}`,
  obligation: (id: string) => `/obligations?open=${id}`,
  evidence: (id: string) => `/evidence?open=${id}`,
} as const;

export type FoundKind = keyof typeof ADDRESSES;

/** What was found as groups of links, one for each kind that has a page; kinds we have no page for are left out. */
export function groupFound(items: readonly FoundThing[], nameOf: (kind: FoundKind) => string): FinderGroup[] {
  return (Object.keys(ADDRESSES) as FoundKind[])
    .map((kind) => ({
      label: nameOf(kind),
      options: items
        .filter((item) => item.kind === kind)
        .map((item) => ({
          id: ADDRESSES[kind](encodeURIComponent(item.id)),
          label: item.title,
          detail: item.detail ?? undefined,
        })),
    }))
    .filter((group) => group.options.length > 0);
}

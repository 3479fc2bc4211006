import type { FinderGroup } from '../ui/finder';

const KINDS = ['entity', 'control', 'obligation', 'evidence'] as const;
export type FoundKind = (typeof KINDS)[number];

/** `GET /api/v1/search?q=`: things the person may open, best first. */
export interface SearchAnswer {
  items: FoundThing[];
}

export interface FoundThing {
  kind: FoundKind;
  title: string;
  detail: string;
  href: string;
}

/** What was found as groups of links, in the order people look for them. */
export function groupFound(items: readonly FoundThing[], nameOf: (kind: FoundKind) => string): FinderGroup[] {
  return KINDS.map((kind) => ({
    label: nameOf(kind),
    options: items
      .filter((item) => item.kind === kind)
      .map(({ href, title, detail }) => ({ id: href, label: title, detail })),
  })).filter((group) => group.options.length > 0);
}

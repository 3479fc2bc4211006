import ArticleOutlined from '@mui/icons-material/ArticleOutlined';
import BusinessOutlined from '@mui/icons-material/BusinessOutlined';
import ChecklistOutlined from '@mui/icons-material/ChecklistOutlined';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import FolderOpenOutlined from '@mui/icons-material/FolderOpenOutlined';
import GavelOutlined from '@mui/icons-material/GavelOutlined';
import GridViewOutlined from '@mui/icons-material/GridViewOutlined';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import InsightsOutlined from '@mui/icons-material/InsightsOutlined';
import RateReviewOutlined from '@mui/icons-material/RateReviewOutlined';
import SettingsOutlined from '@mui/icons-material/SettingsOutlined';
import SpeedOutlined from '@mui/icons-material/SpeedOutlined';
import TuneOutlined from '@mui/icons-material/TuneOutlined';
import type { ElementType } from 'react';
import type { Permission } from '@/lib/domain/policy/permissions';

export interface NavItem {
  /** Key of the allowed-list and of the label in `shell.nav`. */
  id: string;
  href: string;
  /** The right that opens the page. */
  permission: Permission;
  icon: ElementType;
  /** The page reads `?entity=` and `?asOf=`; they travel along when going there. */
  isScoped?: boolean;
}

export interface NavSection {
  /** Key of the heading in `shell.sections`; null where the items speak for themselves. */
  id: string | null;
  items: readonly NavItem[];
}

/** The navigation by question. A page is shown only when its id is in the person's allowed list. */
export const NAV_SECTIONS: readonly NavSection[] = [
  {
    id: null,
    items: [{ id: 'overview', href: '/', permission: 'score:read', icon: InsightsOutlined, isScoped: true }],
  },
  {
    id: 'readiness',
    items: [
      { id: 'heatmap', href: '/heatmap', permission: 'score:read', icon: GridViewOutlined, isScoped: true },
      { id: 'readiness', href: '/readiness', permission: 'score:read', icon: SpeedOutlined, isScoped: true },
      { id: 'obligations', href: '/obligations', permission: 'catalogue:read', icon: GavelOutlined },
      { id: 'controls', href: '/controls', permission: 'catalogue:read', icon: TuneOutlined },
    ],
  },
  {
    id: 'work',
    items: [
      { id: 'tasks', href: '/tasks', permission: 'task:read', icon: ChecklistOutlined },
      { id: 'evidence', href: '/evidence', permission: 'evidence:read', icon: FolderOpenOutlined },
      { id: 'review', href: '/evidence/review', permission: 'evidence:accept', icon: RateReviewOutlined },
      { id: 'raci', href: '/raci', permission: 'raci:read', icon: GroupsOutlined },
    ],
  },
  {
    id: 'organisation',
    items: [{ id: 'entities', href: '/entities', permission: 'entity:read', icon: BusinessOutlined }],
  },
  {
    id: 'proof',
    items: [
      { id: 'reports', href: '/reports', permission: 'report:read', icon: ArticleOutlined },
      { id: 'audit', href: '/audit', permission: 'engagement:read', icon: FactCheckOutlined },
      { id: 'log', href: '/log', permission: 'log:read', icon: HistoryOutlined },
    ],
  },
  { id: null, items: [{ id: 'settings', href: '/settings', permission: 'account:own', icon: SettingsOutlined }] },
];

/** Which pages stand in the bottom bar of a phone, the most used first; four of those allowed are shown. */
const PHONE_ORDER = [
  'overview',
  'tasks',
  'heatmap',
  'evidence',
  'audit',
  'reports',
  'log',
  'settings',
  'controls',
  'entities',
];
const PHONE_COUNT = 4;

/** Ids of the pages that somebody with these rights may open. */
export function navFor(rights: readonly Permission[]): string[] {
  return NAV_SECTIONS.flatMap((section) => section.items)
    .filter((item) => rights.includes(item.permission))
    .map((item) => item.id);
}

/** The address of a page by its id. */
export function hrefOf(id: string | undefined): string | undefined {
  return NAV_SECTIONS.flatMap((section) => section.items).find((item) => item.id === id)?.href;
}

/** Sections with only the allowed pages; empty sections fall away. */
export function allowedSections(allowed: readonly string[]): NavSection[] {
  return NAV_SECTIONS.map((section) => ({
    ...section,
    items: section.items.filter((item) => allowed.includes(item.id)),
  })).filter((section) => section.items.length > 0);
}

export function phoneItems(allowed: readonly string[]): NavItem[] {
  const items = allowedSections(allowed).flatMap((section) => section.items);
  return PHONE_ORDER.flatMap((id) => items.find((item) => item.id === id) ?? []).slice(0, PHONE_COUNT);
}

/** The page an address belongs to: the item with the longest matching path. */
export function currentItem(pathname: string): NavItem | undefined {
  return NAV_SECTIONS.flatMap((section) => section.items)
    .filter((item) => pathname === item.href || (item.href !== '/' && pathname.startsWith(`${item.href}/`)))
    .toSorted((a, b) => b.href.length - a.href.length)[0];
}

/** The address of a page, with the scope of the present one where both understand it. */
export function hrefWithScope(item: NavItem, current: URLSearchParams): string {
  if (!item.isScoped) return item.href;
  const kept = new URLSearchParams();
  for (const name of ['entity', 'asOf']) {
    const value = current.get(name);
    if (value) kept.set(name, value);
  }
  return kept.size > 0 ? `${item.href}?${kept}` : item.href;
}

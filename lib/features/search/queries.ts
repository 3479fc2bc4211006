import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import type { CatalogueLanguage } from '@/db/catalogue-types';
import { may } from '@/lib/kernel/authorise';
import { defineQuery } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { matches } from '../frameworks/queries';
import { evidenceScope } from '../evidence/queries';
import { Search, type SearchHit } from './schema';

const PER_KIND = 6;

export const search = defineQuery({
  name: 'search',
  summary: 'Finds entities, controls, duties and evidence by words, for the command palette.',
  permission: 'catalogue:read',
  input: Search,
  http: { method: 'GET', path: '/search' },
  async run(context, { q, locale }): Promise<{ items: SearchHit[] }> {
    const { db, organisationId, authority, actor } = context;
    const like = `%${q}%`;
    const { rows } = await db.execute<SearchHit>(sql`
      (select 'entity' as kind, e.id::text, e.name as title, e.country || coalesce(' · ' || e.city, '') as detail, '/entities/' || e.id as href
        from entity e where e.org_id = ${organisationId} and e.archived_at is null and ${entityScope(authority, sql`e.id`)}
          and (e.name ilike ${like} or e.legal_name ilike ${like}) order by e.name limit ${PER_KIND})
      union all
      (select 'evidence', v.id::text, v.title, coalesce(v.file_name, v.type), '/evidence/' || v.id
        from evidence v where v.org_id = ${organisationId} and ${may(actor, 'evidence:read')} and v.state <> 'withdrawn' and ${evidenceScope(context)}
          and (v.title ilike ${like} or v.file_name ilike ${like}) order by v.id desc limit ${PER_KIND})`);
    return { items: [...fromCatalogue(q, locale), ...rows] };
  },
});

function fromCatalogue(q: string, locale: CatalogueLanguage | undefined): SearchHit[] {
  const { controls, obligations, layers } = catalogue(locale);
  const layerName = (id: string) => layers.find((one) => one.id === id)?.name ?? id;
  const controlHits = controls
    .filter(({ id, title }) => matches(q, id, title))
    .slice(0, PER_KIND)
    .map(({ id, title, layer }) => ({
      kind: 'control' as const,
      id,
      title: `${id} ${title}`,
      detail: layerName(layer),
      href: `/controls/${id}`,
    }));
  const dutyHits = obligations
    .filter(({ reference, title }) => matches(q, reference, title))
    .slice(0, PER_KIND)
    .map(({ id, title, reference, instrument }) => ({
      kind: 'obligation' as const,
      id,
      title,
      detail: `${reference}, ${instrument}`,
      href: `/obligations/${id}`,
    }));
  return [...controlHits, ...dutyHits];
}

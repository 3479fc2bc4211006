import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import type { CatalogueControl, CatalogueObligation } from '@/db/catalogue-types';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { catalogueTarget } from '../assessments/queries';
import { controlsOfElement, frameworkLinks, matches } from '../frameworks/queries';
import {
  type ControlDetail,
  type ControlInEntity,
  type ControlListItem,
  type ControlStatus,
  GetControl,
  GetObligation,
  ListControls,
  ListObligations,
  type ObligationDetail,
  type ObligationListItem,
} from './schema';

const blank: ControlStatus = { assessments: 0, marked: 0, meanLevel: null, accepted: 0 };

export const listControls = defineQuery({
  name: 'listControls',
  summary: 'The controls of the catalogue with how far your organisation is with each.',
  permission: 'catalogue:read',
  input: ListControls,
  http: { method: 'GET', path: '/controls' },
  async run(context, input): Promise<{ items: ControlListItem[]; next: null }> {
    const status = await controlStatus(context);
    const wanted = input.element ? new Set(controlsOfElement(input.element)) : undefined;
    const items = catalogue(input.locale)
      .controls.filter(
        (control) =>
          (!input.layer || control.layer === input.layer) &&
          (!input.obligation || control.obligations.includes(input.obligation)) &&
          (!input.key || control.key_control === (input.key === 'true')) &&
          (!wanted || wanted.has(control.id)) &&
          matches(input.q, control.id, control.title, control.statement),
      )
      .map((control) => toListItem(control, status));
    return { items, next: null };
  },
});

export const getControl = defineQuery({
  name: 'getControl',
  summary:
    'One control: statement, maturity texts, evidence asked for, law and frameworks in both directions, and where it stands.',
  permission: 'catalogue:read',
  input: GetControl,
  http: { method: 'GET', path: '/controls/{id}' },
  async run(context, { id, locale }): Promise<ControlDetail> {
    const { controlById, controls, layers, obligations, requirements, evidenceTypeById } = catalogue(locale);
    const control = controlById.get(id);
    if (!control) throw notFound('control');
    const layer = layers.find((one) => one.id === control.layer)!;
    const index = controls.indexOf(control);
    return {
      control,
      layerName: layer.name,
      capabilityName: layer.capabilities.find((one) => one.id === control.capability)?.name ?? '',
      obligations: obligations
        .filter((one) => control.obligations.includes(one.id))
        .map(({ id: key, reference, title }) => ({ id: key, reference, title })),
      requirements: requirements
        .filter((one) => control.requirements_2024_2690.includes(one.id))
        .map(({ id: key, title, summary }) => ({ id: key, title, summary })),
      frameworks: frameworkLinks(id),
      evidenceTypes: control.evidence.map(({ type, validity_days, primary }) => {
        const known = evidenceTypeById.get(type)!;
        return {
          id: type,
          name: known.name,
          description: known.description,
          strength: known.strength,
          validityDays: validity_days,
          isPrimary: primary,
        };
      }),
      entities: await standIn(context, id),
      neighbours: { previous: controls[index - 1]?.id ?? null, next: controls[index + 1]?.id ?? null },
    };
  },
});

export const listObligations = defineQuery({
  name: 'listObligations',
  summary: 'The duties of the directive with the controls that answer them.',
  permission: 'catalogue:read',
  input: ListObligations,
  http: { method: 'GET', path: '/obligations' },
  async run(context, { q, layer, binding, locale }): Promise<{ items: ObligationListItem[]; next: null }> {
    const status = await controlStatus(context);
    const items = catalogue(locale)
      .obligations.filter(
        (one) =>
          (!layer || one.layers.includes(layer)) &&
          (!binding || one.binding_on.includes(binding)) &&
          matches(q, one.id, one.reference, one.title, one.summary),
      )
      .map((one) => toObligationItem(one, status));
    return { items, next: null };
  },
});

export const getObligation = defineQuery({
  name: 'getObligation',
  summary: 'One duty: its requirements, the controls that answer it and the other frameworks they serve.',
  permission: 'catalogue:read',
  input: GetObligation,
  http: { method: 'GET', path: '/obligations/{id}' },
  async run(context, { id, locale }): Promise<ObligationDetail> {
    const { obligations, requirements, controls } = catalogue(locale);
    const obligation = obligations.find((one) => one.id === id);
    if (!obligation) throw notFound('obligation');
    const status = await controlStatus(context);
    const answering = controls.filter((control) => control.obligations.includes(id));
    return {
      obligation,
      requirements: requirements
        .filter((one) => one.obligations.includes(id) && one.level !== 'point' && one.level !== 'subpoint')
        .map(({ id: key, title, summary, level }) => ({
          id: key,
          title,
          summary,
          level,
          controls: controls
            .filter((control) => control.requirements_2024_2690.includes(key))
            .map((control) => control.id),
        })),
      controls: answering.map((control) => ({
        ...toListItem(control, status),
        frameworks: frameworkLinks(control.id),
      })),
    };
  },
});

/** One aggregate over the reader's entities; accepted evidence is counted once per assessment that has any. */
async function controlStatus({ db, organisationId, authority }: QueryContext): Promise<Map<string, ControlStatus>> {
  const { rows } = await db.execute<ControlStatus & { id: string }>(sql`
    select a.control_id as id, count(*)::int as assessments,
      count(*) filter (where a.documentation is not null and a.implementation is not null)::int as marked,
      round(avg((a.documentation + a.implementation) / 2.0), 1)::float as "meanLevel",
      count(*) filter (where exists (select 1 from evidence_link l join evidence v on v.org_id = l.org_id and v.id = l.evidence_id and v.state = 'accepted'
        where l.org_id = a.org_id and l.assessment_id = a.id))::int as accepted
    from assessment a join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
    where a.org_id = ${organisationId} and a.applicability <> 'excluded' and ${entityScope(authority, sql`a.entity_id`)}
    group by a.control_id`);
  return new Map(rows.map(({ id, ...status }) => [id, status]));
}

async function standIn({ db, organisationId, authority }: QueryContext, controlId: string): Promise<ControlInEntity[]> {
  const { rows } = await db.execute<
    Omit<ControlInEntity, 'target'> & { ownTarget: number | null; classification: string }
  >(sql`
    select a.id as assessment, a.entity_id as entity, e.name as "entityName", u.name as "unitName", a.documentation, a.implementation, a.target as "ownTarget",
      coalesce(e.override_classification, e.classification) as classification, a.applicability, o.name as owner, a.due_on as "dueOn",
      count(v.id) filter (where v.state = 'accepted')::int as accepted, count(v.id) filter (where v.state = 'submitted')::int as submitted
    from assessment a join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
    left join unit u on u.org_id = a.org_id and u.id = a.unit_id
    left join person o on o.org_id = a.org_id and o.id = a.owner_id
    left join evidence_link l on l.org_id = a.org_id and l.assessment_id = a.id
    left join evidence v on v.org_id = l.org_id and v.id = l.evidence_id
    where a.org_id = ${organisationId} and a.control_id = ${controlId} and (u.id is null or u.archived_at is null) and ${entityScope(authority, sql`a.entity_id`)}
    group by a.org_id, a.id, e.org_id, e.id, u.org_id, u.id, o.org_id, o.id order by e.name, u.name nulls first`);
  return rows.map(({ ownTarget, classification, ...row }) => ({
    ...row,
    target: ownTarget ?? catalogueTarget(classification, controlId),
  }));
}

function toListItem(control: CatalogueControl, status: Map<string, ControlStatus>): ControlListItem {
  const { id, title, layer, weight, obligations, applicability } = control;
  return {
    id,
    title,
    layer,
    weight,
    obligations,
    applicability,
    isKey: control.key_control,
    status: status.get(id) ?? blank,
  };
}

function toObligationItem(one: CatalogueObligation, status: Map<string, ControlStatus>): ObligationListItem {
  const { requirements, controls } = catalogue();
  const { id, instrument, reference, title, summary, kind, primary_layer, layers, binding_on } = one;
  const answering = controls.filter((control) => control.obligations.includes(id));
  return {
    id,
    instrument,
    reference,
    title,
    summary,
    kind,
    primary_layer,
    layers,
    binding_on,
    controls: answering.length,
    requirements: requirements.filter((requirement) => requirement.obligations.includes(id)).length,
    status: sumOf(answering.map((control) => status.get(control.id) ?? blank)),
  };
}

function sumOf(all: ControlStatus[]): ControlStatus {
  const total = (pick: (one: ControlStatus) => number) => all.reduce((sum, one) => sum + pick(one), 0);
  const marked = total((one) => one.marked);
  const levels = total((one) => (one.meanLevel ?? 0) * one.marked);
  return {
    assessments: total((one) => one.assessments),
    marked,
    meanLevel: marked > 0 ? Math.round((levels / marked) * 10) / 10 : null,
    accepted: total((one) => one.accepted),
  };
}

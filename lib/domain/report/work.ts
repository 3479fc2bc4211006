import type { OverdueItem } from '../snapshot/facts';
import type { ReportContext } from './report-context';
import type { GapCount, NotApplicable, OpenCap, OwnerBacklog, Renewal } from './model';

/** Overdue work by the person who owes it: most first, then the one waiting longest. Nobody's work comes first. */
export function backlogOf({ content, titleOf }: ReportContext): OwnerBacklog[] {
  const names = entityNames(content);
  const byOwner = new Map<string | null, OverdueItem[]>();
  for (const item of content.facts.overdue) {
    const owed = byOwner.get(item.owner);
    if (owed) owed.push(item);
    else byOwner.set(item.owner, [item]);
  }
  return [...byOwner]
    .map(([owner, items]) => {
      const ordered = items.toSorted(
        (a, b) => compare(a.dueOn, b.dueOn) || compare(a.control, b.control) || compare(a.id, b.id),
      );
      return {
        owner,
        count: items.length,
        oldestDueOn: ordered[0]!.dueOn,
        items: ordered.map(({ kind, id, unit, entity, control, dueOn }) => ({
          title: unit === null ? titleOf(control) : `${titleOf(control)} · ${unit}`,
          entity: names.get(entity) ?? entity,
          control,
          dueOn,
          ref: { kind, id },
        })),
      };
    })
    .toSorted(
      (a, b) =>
        Number(a.owner !== null) - Number(b.owner !== null) ||
        b.count - a.count ||
        compare(a.oldestDueOn, b.oldestDueOn) ||
        compare(a.owner ?? '', b.owner ?? ''),
    );
}

/** Accepted evidence that has ended or ends soon, earliest first. */
export function renewalsOf({ content }: ReportContext): Renewal[] {
  const today = content.asOf.slice(0, 10);
  return content.facts.renewals
    .map(({ id, title, owner, validUntil, controls }): Renewal => ({
      title,
      owner,
      validUntil,
      isExpired: validUntil < today,
      controls,
      ref: { kind: 'evidence', id },
    }))
    .toSorted((a, b) => compare(a.validUntil, b.validUntil) || compare(a.ref.id, b.ref.id));
}

/** Gaps in responsibility, and layers of which too much was taken out. */
export function gapCounts({ content, texts }: ReportContext): GapCount[] {
  const excluded = content.entities.flatMap(({ score }) => score.layers.filter((layer) => layer.notApplicableFlag));
  return [...content.facts.gaps, { kind: 'layer-excluded', count: excluded.length }]
    .filter((gap) => gap.count > 0)
    .map(({ kind, count }) => ({ kind, count, label: texts.gaps[kind] ?? kind }));
}

/** Controls taken out of the score, with the reason given. */
export function exclusionsOf({ content, titleOf }: ReportContext): NotApplicable[] {
  const names = entityNames(content);
  return content.facts.notApplicable
    .map(({ assessment, entity, control, reason, until }): NotApplicable => ({
      entity: names.get(entity) ?? entity,
      control,
      title: titleOf(control),
      reason,
      until,
      ref: { kind: 'assessment', id: assessment },
    }))
    .toSorted((a, b) => compare(a.control, b.control) || compare(a.entity, b.entity));
}

/** Hard caps in force, lowest first. */
export function openCapsOf({ content, texts }: ReportContext): OpenCap[] {
  return content.entities
    .flatMap(({ name, score }) =>
      score.caps.map((cap): OpenCap => ({
        id: cap.id,
        entity: name,
        capBp: cap.cap,
        label: texts.caps[cap.id] ?? cap.id,
        ref: { kind: 'entity', id: score.id },
      })),
    )
    .toSorted((a, b) => a.capBp - b.capBp || compare(a.id, b.id) || compare(a.entity, b.entity));
}

function entityNames(content: ReportContext['content']): Map<string, string> {
  return new Map(content.entities.map((entity) => [entity.input.id, entity.name]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

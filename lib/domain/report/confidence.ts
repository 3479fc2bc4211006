import { effectiveValidityDays } from '../evidence/freshness';
import type { EvidenceInput } from '../score/input';
import type { SnapshotContent } from '../snapshot/content';
import type { ReportContext } from './report-context';
import type { Confidence } from './model';
import { fill, fillCounted } from './texts';

const WHOLE_BP = 10_000;

/** How far the score can be trusted: what was answered, what is proven and by whom, what was left out. */
export function confidenceOf({ content, texts, format }: ReportContext): Confidence {
  const { coverage, evidenceCoverage, independentShare } = content.group;
  const notApplicable = notApplicableShare(content);
  const stale = staleEvidence(content);
  const total = content.evidence.length;
  const { sentences } = texts;
  return {
    sentences: [
      fill(sentences.coverage, { share: format.share(coverage) }),
      fill(sentences.evidenceCoverage, {
        share: format.share(evidenceCoverage),
        independent: format.share(independentShare),
      }),
      fill(sentences.notApplicable, { share: format.share(notApplicable) }),
      ...(stale > 0 ? [fillCounted(sentences.stale, stale, { total })] : []),
      sentences.noLaw,
    ],
    coverageBp: coverage,
    evidenceCoverageBp: evidenceCoverage,
    independentBp: independentShare,
    notApplicableBp: notApplicable,
    staleEvidence: stale,
    acceptedEvidence: total,
  };
}

/** Share of all weight, in all entities, that was set to not applicable. */
function notApplicableShare(content: SnapshotContent): number {
  let excluded = 0;
  let all = 0;
  for (const { input, score } of content.entities) {
    const counted = new Set(score.controls.filter((control) => control.counted).map((control) => control.id));
    for (const control of input.controls) {
      all += control.weight;
      if (!counted.has(control.id)) excluded += control.weight;
    }
  }
  return all === 0 ? 0 : Math.floor((excluded * WHOLE_BP) / all);
}

/** Pieces of evidence past their validity for every control that uses them. */
function staleEvidence({ entities, day }: SnapshotContent): number {
  const state = new Map<string, boolean>();
  const see = (item: EvidenceInput): void => {
    if (item.id === undefined) return;
    const isPast = day - item.collectedDay > effectiveValidityDays(item);
    state.set(item.id, (state.get(item.id) ?? true) && isPast);
  };
  for (const { input } of entities) {
    for (const control of input.controls) {
      control.evidence.forEach(see);
      for (const unit of control.units ?? []) unit.evidence.forEach(see);
    }
  }
  return [...state.values()].filter(Boolean).length;
}

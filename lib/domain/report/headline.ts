import { toWholePoints } from '../score/points';
import { bandOf } from '../score/level';
import { trendOf as markedMove } from '../score/heatmap';
import { trendMonths } from '../snapshot/trend';
import type { ReportContext } from './report-context';
import type { Change, ChangeCause, Headline, LayerLine, TrendPoint } from './model';
import { fill } from './texts';

/** The board's sentence and the three readings of the score. */
export function headlineOf({ content, texts }: ReportContext): Headline {
  const { group, organisation } = content;
  const standing = group.layers.filter((layer) => layer.floor !== null);
  const weakest = standing.toSorted((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1))[0];
  const values = { organisation: organisation.name, proven: toWholePoints(group.proven) };
  return {
    sentence: weakest
      ? fill(texts.sentences.headline, { ...values, layer: texts.layers[weakest.id] ?? weakest.id })
      : fill(texts.sentences.headlineBare, values),
    provenBp: group.proven,
    claimedBp: group.claimed,
    openBp: group.open,
    level: group.level,
    band: bandOf(group.proven, content.method),
    thresholds: content.method.levels.map(({ level, minReadiness }) => ({ level, atBp: minReadiness })),
    weakest: weakest
      ? { layer: weakest.id, name: texts.layers[weakest.id] ?? weakest.id, scoreBp: weakest.score }
      : null,
  };
}

/** What moved the score since the previous snapshot, split into its causes; null for the first month. */
export function changeOf({ content, texts, format }: ReportContext): Change | null {
  const before = content.facts.since;
  if (!before) return null;
  const { split } = before;
  const since = format.month(before.month);
  const { changeUp, changeDown, changeNone } = texts.sentences;
  const causes: readonly ChangeCause[] = ['real', 'decay', 'scope', 'method'];
  return {
    since: before.month,
    sentence: fill(choose(split.total, changeUp, changeDown, changeNone), {
      points: format.size(split.total),
      month: since,
    }),
    totalBp: split.total,
    parts: causes.map((cause) => {
      const { up, down, none } = texts.causes[cause];
      return { cause, deltaBp: split[cause], sentence: choose(split[cause], up, down, none) };
    }),
  };
}

/** The last twelve months as they were known when the snapshot was frozen, this one last. */
export function trendPoints({ content, snapshotId }: ReportContext): TrendPoint[] {
  const now = {
    id: snapshotId,
    month: content.month,
    digest: '',
    proven: content.group.proven,
    claimed: content.group.claimed,
    method: content.method.id,
    catalogueVersion: content.catalogue.version,
  };
  return trendMonths([...content.facts.history, now], content.month).map(({ month, snapshot, isBreak }) => ({
    month,
    provenBp: snapshot?.proven ?? null,
    claimedBp: snapshot?.claimed ?? null,
    method: snapshot?.method ?? null,
    isBreak,
    ref: snapshot ? { kind: 'snapshot', id: snapshot.id } : null,
  }));
}

/** The seven layers of the group. */
export function layerLines({ content, texts }: ReportContext): LayerLine[] {
  const { since } = content.facts;
  return content.group.layers.map((layer) => {
    const was = since?.layers[layer.id];
    return {
      layer: layer.id,
      name: texts.layers[layer.id] ?? layer.id,
      provenBp: layer.score,
      claimedBp: layer.claimed,
      floorBp: layer.floor,
      band: bandOf(layer.score, content.method),
      deltaBp: markedMove(
        { proven: layer.score, method: content.method.id },
        since && was !== undefined ? { proven: was, method: since.method } : null,
      ),
      maturityHundredths: layer.maturityHundredths,
    };
  });
}

/** A move smaller than the tenth that is printed is no move. */
function choose(deltaBp: number, up: string, down: string, none: string): string {
  if (Math.round(deltaBp / 10) === 0) return none;
  return deltaBp > 0 ? up : down;
}

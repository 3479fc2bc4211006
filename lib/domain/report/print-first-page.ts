import { clip, shortRef } from './format';
import type { TrendPoint } from './model';
import type { PrintContext } from './print-context';
import { fill } from './texts';

const MOST_DECISIONS = 5;
const LONGEST_TITLE = 110;
const LONGEST_REASON = 180;
const LONGEST_OPTION = 70;
/** Two direct labels closer than this on the scale of 0–10000 would overlap. */
const LABEL_DISTANCE_BP = 1_200;

/** Page one: the sentence, the bar, what changed, the line of months, and what is to be decided. */
export function printFirstPage(context: PrintContext) {
  const { headline } = context.model;
  return {
    sentence: headline.sentence,
    stats: stats(context),
    bar: scoreBar(context),
    change: change(context),
    trend: trend(context),
    decisions: decisions(context),
  };
}

function stats({ model: { headline, change }, texts: { words, levels }, format }: PrintContext) {
  const weakest = headline.weakest;
  return {
    proven: { label: words.proven, value: format.score(headline.provenBp) },
    claimed: { label: words.claimed, value: format.score(headline.claimedBp) },
    open: { label: words.open, value: format.score(headline.openBp) },
    level: {
      label: words.level,
      value: fill(words.levelWith, { number: headline.level, name: levels[headline.level] ?? '' }),
    },
    weakest: {
      label: words.weakest,
      value: weakest ? `${weakest.name} ${format.score(weakest.scoreBp)}` : words.none,
    },
    move: change ? format.points(change.totalBp) : '',
  };
}

function scoreBar({ model: { headline }, texts, format }: PrintContext) {
  const { provenBp, claimedBp, openBp, level } = headline;
  return {
    proven: provenBp,
    claimed: claimedBp,
    open: openBp,
    steps: headline.thresholds.map((step) => ({
      at: step.atBp,
      label: fill(texts.words.levelWith, { number: step.level, name: texts.levels[step.level] ?? '' }),
      from: fill(texts.words.from, { score: Math.floor(step.atBp / 100) }),
      reached: step.level <= level,
    })),
    alt: fill(texts.sentences.barAlt, {
      proven: format.score(provenBp),
      claimed: format.score(claimedBp),
      open: format.score(openBp),
      level: `${texts.words.level} ${level} ${texts.levels[level] ?? ''}`,
    }),
  };
}

function change({ model, texts, format }: PrintContext) {
  const { change: moved } = model;
  const { cause, points, meaning } = texts.columns;
  return {
    heading: moved ? fill(texts.headings.change, { month: format.month(moved.since) }) : texts.headings.firstMonth,
    sentence: moved?.sentence ?? texts.sentences.firstMonth,
    head: [cause, points, meaning],
    rows: (moved?.parts ?? []).map((part) => [
      texts.causes[part.cause].name,
      format.points(part.deltaBp),
      part.sentence,
    ]),
  };
}

function trend(context: PrintContext) {
  const { model, texts, format } = context;
  const last = model.trend.at(-1);
  const proven = last?.provenBp ?? 0;
  const claimed = last?.claimedBp ?? 0;
  const apart = Math.max(0, LABEL_DISTANCE_BP - (claimed - proven));
  return {
    heading: texts.headings.trend,
    points: model.trend.map((point) => ({
      proven: point.provenBp,
      claimed: point.claimedBp,
      break: point.isBreak,
      label: format.monthShort(point.month),
    })),
    ends: [
      {
        key: 'claimed',
        at: Math.min(10_000, claimed + apart / 2),
        label: `${texts.words.claimed} ${format.score(claimed)}`,
      },
      { key: 'proven', at: Math.max(0, proven - apart / 2), label: `${texts.words.proven} ${format.score(proven)}` },
    ],
    alt: trendAlt(model.trend, context),
  };
}

function trendAlt(points: readonly TrendPoint[], { texts, format }: PrintContext): string {
  const known = points.filter((point) => point.provenBp !== null);
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) return '';
  const to = format.score(last.provenBp ?? 0);
  if (first === last) return fill(texts.sentences.trendAltOne, { to, claimed: format.score(last.claimedBp ?? 0) });
  const missing = points.filter((point) => point.provenBp === null).map((point) => format.month(point.month));
  return fill(texts.sentences.trendAlt, {
    first: format.month(first.month),
    last: format.month(last.month),
    from: format.score(first.provenBp ?? 0),
    to,
    gaps:
      missing.length === 0 ? texts.sentences.gapsNone : fill(texts.sentences.gapsSome, { months: missing.join(', ') }),
  });
}

function decisions({ model, texts, format }: PrintContext) {
  const { number, decision, options, owner, due } = texts.columns;
  return {
    heading: texts.headings.decisions,
    head: [number, decision, options, owner, due],
    empty: texts.sentences.noDecisions,
    rows: model.decisions.slice(0, MOST_DECISIONS).map((item, index) => ({
      number: String(index + 1),
      title: clip(item.title, LONGEST_TITLE),
      reason: clip(item.reason, LONGEST_REASON),
      options: item.options.map(({ label, cost }) => ({
        label: clip(label, LONGEST_OPTION),
        cost: cost ?? texts.words.notEstimated,
      })),
      owner: item.owner ?? texts.words.noOwner,
      due: item.dueOn ? format.dayShort(item.dueOn) : texts.words.noDate,
      ref: shortRef(item.ref.id),
    })),
  };
}

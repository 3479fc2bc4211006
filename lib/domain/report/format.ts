import { toPoints } from '../score/points';
import type { ReportLocale } from './model';
import { fill, type ReportTexts } from './texts';

const DECIMAL_MARK: Record<ReportLocale, string> = { en: '.', de: ',' };
const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';

/** How one language writes numbers and dates. Made once for each report. */
export type ReportFormat = ReturnType<typeof reportFormat>;

/**
 * Numbers and dates of the printed report, without `Intl` (see `ReportTexts`).
 *
 * Scores read as everywhere else in the product (`toPoints`); shares are rounded down, never up.
 */
export function reportFormat(locale: ReportLocale, texts: Pick<ReportTexts, 'months' | 'monthsShort'>) {
  const decimal = (tenths: number): string => `${Math.floor(tenths / 10)}${DECIMAL_MARK[locale]}${tenths % 10}`;

  /** 0–10000 basis points as 0–100 with one decimal. */
  const score = (bp: number): string => decimal(Math.round(toPoints(bp) * 10));

  /** A signed difference in points with one decimal, to the nearest tenth. */
  const points = (bp: number): string => {
    const tenths = Math.round(Math.abs(bp) / 10);
    const sign = tenths === 0 ? '' : bp > 0 ? '+' : MINUS;
    return sign + decimal(tenths);
  };

  /** Hundredths as a number with one decimal, rounded down. */
  const hundredths = (value: number): string => decimal(Math.floor(value / 10));

  /** The size of a difference, without its sign. */
  const size = (bp: number): string => decimal(Math.round(Math.abs(bp) / 10));

  /** Basis points as whole percent. */
  const share = (bp: number): string => `${Math.floor(bp / 100)}${locale === 'de' ? NO_BREAK_SPACE : ''}%`;

  /** `2026-10` as "October 2026". */
  const month = (yearMonth: string): string => `${texts.months[yearMonth.slice(5, 7)]} ${yearMonth.slice(0, 4)}`;

  /** `2026-10` as "Oct". */
  const monthShort = (yearMonth: string): string => texts.monthsShort[yearMonth.slice(5, 7)] ?? yearMonth;

  /** `2026-10-31` as "31 October 2026". */
  const day = (date: string): string => {
    const number = Number(date.slice(8, 10));
    return locale === 'de' ? `${number}. ${month(date)}` : `${number} ${month(date)}`;
  };

  /** `2026-10-31` as "31 Oct 2026" or "31.10.2026", for tables. */
  const dayShort = (date: string): string =>
    locale === 'de'
      ? `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`
      : [Number(date.slice(8, 10)), monthShort(date), date.slice(0, 4)].join(NO_BREAK_SPACE);

  /** An ISO instant with its offset, as "31 October 2026, 23:59 Europe/Berlin (UTC+01:00)". */
  const instant = (iso: string, zone: string): string =>
    fill('{day}, {time} {zone} (UTC{offset})', {
      day: day(iso),
      time: iso.slice(11, 16),
      zone,
      offset: iso.endsWith('Z') ? '' : iso.slice(-6),
    });

  return { score, points, size, hundredths, share, month, monthShort, day, dayShort, instant };
}

/** Shortens a text to `limit` characters with an ellipsis, at a word's end where one is near. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit * 0.6 ? cut.slice(0, space) : cut).replace(/[\s\p{P}]+$/u, '')}…`;
}

/** The short name of a record on paper: ids of ours by their last eight characters, catalogue numbers whole. */
export function shortRef(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(-8) : id;
}

'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ChartFrame } from '../ui/chart-frame';
import { LazyTrendChart } from '../ui/charts';
import type { OverviewMonth } from './overview-types';

const HEIGHT = 176;

/** Twelve months of proven and claimed, with a sentence that says where it went. */
export function TrendPicture({ months, height = HEIGHT }: { months: readonly OverviewMonth[]; height?: number }) {
  const t = useTranslations('overview.trend');
  const score = useTranslations('ui.score');
  const format = useFormatter();
  const points = months.map((month, position) => ({
    label: format.dateTime(dateOf(month.month), { month: 'short' }),
    proven: month.proven,
    claimed: month.claimed,
    methodBreak:
      position > 0 && months[position - 1]?.method !== month.method ? t('method', { method: month.method }) : undefined,
  }));
  const rows = months.map((month) => [
    format.dateTime(dateOf(month.month), { month: 'long', year: 'numeric' }),
    month.proven === null ? '–' : Math.floor(month.proven),
    month.claimed === null ? '–' : Math.floor(month.claimed),
    month.method,
  ]);
  if (months.length < 2) return <p>{t('tooShort')}</p>;
  return (
    <ChartFrame
      sentence={t('sentence', trendOf(months))}
      data={{ columns: [t('month'), score('proven'), score('claimed'), t('methodColumn')], rows }}
      height={height}
    >
      <LazyTrendChart points={points} names={{ proven: score('proven'), claimed: score('claimed') }} />
    </ChartFrame>
  );
}

/** A day inside the month in every time zone. */
function dateOf(month: string): Date {
  return new Date(`${month}-15T12:00:00Z`);
}

/** First and last months measured by the method of the last one; other methods' numbers are not comparable. */
function trendOf(months: readonly OverviewMonth[]) {
  const method = months.at(-1)?.method;
  const comparable = months.filter((month) => month.method === method && month.proven !== null);
  const from = Math.floor(comparable.at(0)?.proven ?? 0);
  const to = Math.floor(comparable.at(-1)?.proven ?? 0);
  return { months: comparable.length, from, to, direction: to > from ? 'up' : to < from ? 'down' : 'same' };
}

'use client';

import {
  CartesianGrid,
  Label,
  LabelList,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';

export interface TrendPoint {
  /** Axis text, already in the reader's language: "Nov". */
  label: string;
  /** 0–100, or null for a month without a snapshot. */
  proven: number | null;
  claimed: number | null;
  /** Set on the first month of another method: the line breaks before it. */
  methodBreak?: string;
}

interface TrendChartProps {
  points: readonly TrendPoint[];
  names: { proven: string; claimed: string };
}

const AXIS = { fontSize: 12, fill: 'var(--muted)' };

/** Twelve months of proven and claimed; labelled at the line's end instead of by a legend. Draw it inside a ChartFrame. */
export function TrendChart({ points, names }: TrendChartProps) {
  const segments = segmentsOf(points);
  const last = points.length - 1;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={segments.data} margin={{ top: 8, right: 84, bottom: 0, left: -28 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="label"
          tick={AXIS}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          ticks={everySecond(points)}
          interval={0}
        />
        <YAxis domain={[0, 100]} ticks={[0, 50, 100]} tick={AXIS} tickLine={false} axisLine={false} />
        {points.map(
          (point) =>
            point.methodBreak && (
              <ReferenceLine key={point.label} x={point.label} stroke="var(--outline)" strokeDasharray="3 3">
                <Label value={point.methodBreak} position="insideTopLeft" fill="var(--muted)" fontSize={12} />
              </ReferenceLine>
            ),
        )}
        {segments.keys.flatMap((segment, position) =>
          (['claimed', 'proven'] as const).map((word) => (
            <Line
              key={word + segment}
              dataKey={`${word}${segment}`}
              stroke={word === 'proven' ? 'var(--accent)' : 'var(--outline)'}
              strokeWidth={word === 'proven' ? 2 : 1.5}
              strokeDasharray={word === 'claimed' ? '4 3' : undefined}
              dot={false}
              isAnimationActive={false}
            >
              {position === segments.keys.length - 1 && (
                <LabelList
                  dataKey={`${word}${segment}`}
                  content={<EndLabel last={last} name={names[word]} isStrong={word === 'proven'} />}
                />
              )}
            </Line>
          )),
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}

interface EndLabelProps {
  last: number;
  name: string;
  isStrong: boolean;
  /** Given by recharts for each point. */
  index?: number;
  x?: number | string;
  y?: number | string;
  value?: unknown;
}

/** Names a line at its end, so that no legend is needed. */
function EndLabel({ last, name, isStrong, index, x, y, value }: EndLabelProps) {
  if (index !== last || typeof value !== 'number') return null;
  return (
    <text
      x={Number(x) + 8}
      y={Number(y) + 4}
      fontSize={12}
      fontWeight={isStrong ? 600 : 400}
      fill={isStrong ? 'var(--accent)' : 'var(--muted)'}
    >
      {Math.floor(value)} {name}
    </text>
  );
}

/** Every second month, counted back from the last one, so that the newest is always named. */
function everySecond(points: readonly TrendPoint[]): string[] {
  return points.filter((_, position) => (points.length - 1 - position) % 2 === 0).map((point) => point.label);
}

/** Numbers of different methods are never joined by a line: each method gets its own pair of data keys. */
function segmentsOf(points: readonly TrendPoint[]) {
  let segment = 0;
  const data = points.map((point) => {
    if (point.methodBreak) segment += 1;
    return { label: point.label, [`proven${segment}`]: point.proven, [`claimed${segment}`]: point.claimed };
  });
  return { data, keys: Array.from({ length: segment + 1 }, (_, key) => key) };
}

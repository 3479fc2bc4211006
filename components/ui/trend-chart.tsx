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
        <XAxis dataKey="label" tick={AXIS} tickLine={false} axisLine={{ stroke: 'var(--line)' }} interval="preserveStartEnd" minTickGap={12} />
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
                  content={(label) => (
                    <EndLabel
                      isLast={label.index === last}
                      x={Number(label.x)}
                      y={Number(label.y)}
                      text={`${Math.floor(Number(label.value))} ${names[word]}`}
                      isStrong={word === 'proven'}
                    />
                  )}
                />
              )}
            </Line>
          )),
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}

function EndLabel({ isLast, x, y, text, isStrong }: { isLast: boolean; x: number; y: number; text: string; isStrong: boolean }) {
  if (!isLast || !Number.isFinite(y)) return null;
  return (
    <text x={x + 8} y={y + 4} fontSize={12} fontWeight={isStrong ? 600 : 400} fill={isStrong ? 'var(--accent)' : 'var(--muted)'}>
      {text}
    </text>
  );
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

'use client';

import { PolarAngleAxis, PolarGrid, PolarRadiusAxis, Radar, RadarChart, ResponsiveContainer } from 'recharts';

export interface RadarPoint {
  label: string;
  /** 0–100. */
  proven: number;
  claimed: number;
}

/** Seven layers around a centre: proven filled, claimed as a dashed outline. Draw it inside a ChartFrame. */
export function LayerRadar({ points }: { points: readonly RadarPoint[] }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <RadarChart data={[...points]} outerRadius="72%" accessibilityLayer={false}>
        <PolarGrid stroke="var(--line)" />
        <PolarAngleAxis dataKey="label" tick={{ fontSize: 12, fill: 'var(--muted)' }} />
        <PolarRadiusAxis domain={[0, 100]} tickCount={3} angle={90} tick={false} axisLine={false} />
        <Radar dataKey="claimed" stroke="var(--outline)" strokeDasharray="4 3" fill="none" isAnimationActive={false} />
        <Radar
          dataKey="proven"
          stroke="var(--accent)"
          strokeWidth={2}
          fill="var(--accent)"
          fillOpacity={0.16}
          isAnimationActive={false}
        />
      </RadarChart>
    </ResponsiveContainer>
  );
}

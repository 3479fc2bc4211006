'use client';

import dynamic from 'next/dynamic';

/** The charting library is as heavy as the rest of a page: it arrives after the words, in a frame of fixed height. */
export const LazyTrendChart = dynamic(async () => (await import('./trend-chart')).TrendChart, { ssr: false });
export const LazyLayerRadar = dynamic(async () => (await import('./layer-radar')).LayerRadar, { ssr: false });

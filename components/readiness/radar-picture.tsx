'use client';

import { useTranslations } from 'next-intl';
import { ChartFrame } from '../ui/chart-frame';
import { LazyLayerRadar } from '../ui/charts';
import type { ReadinessLayer } from './readiness-types';

const HEIGHT = 300;

/** The shape of readiness: seven layers around a centre, proven within claimed. */
export function RadarPicture({ layers }: { layers: readonly ReadinessLayer[] }) {
  const t = useTranslations('readiness.radar');
  const score = useTranslations('ui.score');
  const short = useTranslations('terms.layersShort');
  const full = useTranslations('terms.layers');
  const scored = layers.filter((layer) => layer.score !== null);
  const nameOf = (layer: ReadinessLayer) => (full.has(layer.id) ? full(layer.id) : layer.name);
  const weakest = scored.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))[0];
  if (!weakest) return <p>{t('nothing')}</p>;
  return (
    <ChartFrame
      sentence={t('sentence', { name: nameOf(weakest), score: Math.floor(weakest.score ?? 0) })}
      data={{
        columns: [t('layer'), score('proven'), score('claimed')],
        rows: scored.map((layer) => [nameOf(layer), Math.floor(layer.score ?? 0), Math.floor(layer.claimed ?? 0)]),
      }}
      height={HEIGHT}
    >
      <LazyLayerRadar
        points={scored.map((layer) => ({
          label: short.has(layer.id) ? short(layer.id) : layer.name,
          proven: layer.score ?? 0,
          claimed: layer.claimed ?? 0,
        }))}
      />
    </ChartFrame>
  );
}

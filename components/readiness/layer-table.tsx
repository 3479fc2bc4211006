'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { LayeredBar } from '../ui/layered-bar';
import type { ReadinessLayer } from './readiness-types';

/** Mean, weakest key control and resulting score of each layer. */
export function LayerTable({ layers, isOfGroup }: { layers: readonly ReadinessLayer[]; isOfGroup: boolean }) {
  const t = useTranslations('readiness.layers');
  const names = useTranslations('terms.layers');
  const format = useFormatter();
  const columns = layerColumns({
    header: (id) => t(id === 'floor' && isOfGroup ? 'weakestEntity' : id),
    nameOf: (layer) => (names.has(layer.id) ? names(layer.id) : layer.name),
    points: (value) =>
      value === null ? '–' : format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  });
  return (
    <DataTable caption={t('title')} columns={columns} rows={layers} rowKey={(layer) => layer.id} empty={t('none')} />
  );
}

interface Texts {
  header: (id: 'layer' | 'bar' | Figure) => string;
  nameOf: (layer: ReadinessLayer) => string;
  points: (value: number | null) => string;
}

type Figure = 'base' | 'floor' | 'score' | 'maturity';

function layerColumns({ header, nameOf, points }: Texts): Column<ReadinessLayer>[] {
  const figure = (id: Figure): Column<ReadinessLayer> => ({
    id,
    header: header(id),
    align: 'end',
    isHiddenOnPhone: id === 'base' || id === 'maturity',
    cell: (layer) => points(layer[id]),
    sortValue: (layer) => layer[id],
  });
  return [
    { id: 'layer', header: header('layer'), isRowHeader: true, cell: nameOf, sortValue: nameOf },
    {
      id: 'bar',
      header: header('bar'),
      width: '26%',
      cell: ({ score, claimed, open, floor }) =>
        score !== null && <LayeredBar proven={score} claimed={claimed ?? 0} open={open ?? 0} floor={floor} />,
    },
    figure('base'),
    figure('floor'),
    figure('score'),
    figure('maturity'),
  ];
}

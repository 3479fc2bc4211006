'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Problem, readApi } from '../api';
import { Drawer } from '../ui/drawer';
import { ErrorPanel } from '../ui/error-panel';
import { SkeletonLines } from '../ui/skeletons';
import { CellStory } from './cell-story';
import { TOTAL, type CellDetail, type HeatmapAnswer } from './heatmap-types';
import type { CellAddress } from './use-cell-address';
import { useRowName } from './use-names';

interface CellDrawerProps {
  address: CellAddress;
  apiQuery: string;
  by: HeatmapAnswer['by'];
  onClose: () => void;
}

/** Why this number: fetched when a cell is opened, so that the page itself stays light. */
export function CellDrawer({ address, apiQuery, by, onClose }: CellDrawerProps) {
  const t = useTranslations('heatmap.drawer');
  const group = useTranslations('heatmap.totals');
  const rowName = useRowName();
  const detail = useQuery({
    queryKey: ['heatmap-cell', apiQuery, address],
    queryFn: ({ signal }) => readApi<CellDetail>(`/heatmap/cell?${cellQuery(apiQuery, address)}`, signal),
  });
  const problem = detail.error instanceof Problem ? detail.error : null;
  return (
    <Drawer
      isOpen
      onClose={onClose}
      kicker={detail.data && (detail.data.column.id === TOTAL ? group('column') : detail.data.column.name)}
      title={detail.data ? rowName(detail.data.row, by) : t('title')}
    >
      {problem && <ErrorPanel problem={problem} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <SkeletonLines count={8} />}
      {detail.data && <CellStory detail={detail.data} />}
    </Drawer>
  );
}

function cellQuery(apiQuery: string, address: CellAddress): URLSearchParams {
  const query = new URLSearchParams(apiQuery);
  query.set('row', address.row);
  query.set('column', address.column);
  return query;
}

'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { EmptyState } from '../ui/empty-state';
import { LinkTabs } from '../ui/link-tabs';
import { PageHeader } from '../ui/page-header';
import { HeatmapLegend } from './heatmap-legend';
import { HeatmapTable } from './heatmap-table';
import { HeatmapTools } from './heatmap-tools';
import { HeatmapPhone } from './heatmap-phone';
import type { ColumnGrouping, HeatmapAnswer } from './heatmap-types';
import styles from './heatmap-view.module.css';
import { SectorTable } from './sector-table';
import { useCellAddress } from './use-cell-address';
import { useSentence } from './use-sentence';

const CellDrawer = dynamic(async () => (await import('./cell-drawer')).CellDrawer, { ssr: false });

interface HeatmapViewProps {
  answer: HeatmapAnswer;
  grouping: ColumnGrouping;
  /** `YYYY-MM` compared with, or null: then cells show scores with the trend since the month before. */
  compareWith: string | null;
  /** Frozen months to compare with, newest first. */
  months: readonly string[];
  /** Query of the API that gives this very picture, without the leading question mark. */
  apiQuery: string;
}

/** Layers down, entities across; every cell leads to the controls and the evidence behind it. */
export function HeatmapView({ answer, grouping, compareWith, months, apiQuery }: HeatmapViewProps) {
  const t = useTranslations('heatmap');
  const { open, show } = useCellAddress();
  const isDelta = compareWith !== null;
  return (
    <>
      <PageHeader title={t('title')} sentence={useSentence(answer)} />
      <LinkTabs
        label={t('by.label')}
        param="by"
        tabs={(['layer', 'obligation', 'sector'] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <HeatmapTools
        grouping={grouping}
        compareWith={compareWith}
        months={months}
        apiQuery={apiQuery}
        canGroup={answer.by !== 'sector'}
      />
      {answer.columns.length === 0 ? (
        <EmptyState title={t('empty.title')} what={t('empty.what')} why={t('empty.why')} />
      ) : (
        <>
          <div className={styles.desk}>
            {answer.by === 'sector' ? (
              <SectorTable answer={answer} isDelta={isDelta} open={open} onOpen={show} />
            ) : (
              <HeatmapTable
                key={`${answer.by} ${grouping}`}
                answer={answer}
                grouping={grouping}
                isDelta={isDelta}
                open={open}
                onOpen={show}
              />
            )}
          </div>
          <div className={styles.phone}>
            <HeatmapPhone answer={answer} isDelta={isDelta} onOpen={show} />
          </div>
          <HeatmapLegend />
        </>
      )}
      {open && <CellDrawer address={open} apiQuery={apiQuery} by={answer.by} onClose={() => show(null)} />}
    </>
  );
}

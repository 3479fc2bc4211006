'use client';

/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role -- a data table that is also a keyboard grid. */

import { useFormatter, useTranslations } from 'next-intl';
import { arrange } from './arrange';
import { ColumnHeaders } from './column-headers';
import { GridCell } from './grid-cell';
import styles from './heatmap-table.module.css';
import { TOTAL, type ColumnGrouping, type HeatmapAnswer } from './heatmap-types';
import type { CellAddress } from './use-cell-address';
import { useGrid } from './use-grid';
import { useRowName } from './use-names';

interface HeatmapTableProps {
  answer: HeatmapAnswer;
  grouping: ColumnGrouping;
  /** Shows the change since the month compared with instead of the score. */
  isDelta: boolean;
  open: CellAddress | null;
  onOpen: (cell: CellAddress) => void;
}

/** The heatmap as a real table that is also a keyboard grid. */
export function HeatmapTable({ answer, grouping, isDelta, open, onOpen }: HeatmapTableProps) {
  const t = useTranslations('heatmap');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const rowName = useRowName();
  const { groups, columnIds, rowIds, cellAt } = arrange(answer, grouping);
  const names = new Map(answer.rows.map((row) => [row.id, row]));
  const texts = { t, format, levelName: (level: number) => levels(String(level)) };

  const grid = useGrid({ rows: rowIds.length, columns: columnIds.length }, (at) => {
    const [row, column] = [rowIds[at.row], columnIds[at.column]];
    if (row && column) onOpen({ row, column });
  });

  return (
    <div className={styles.frame}>
      <table {...grid} className={styles.table} role="grid" aria-readonly data-mode={isDelta ? 'delta' : 'score'}>
        <caption className="only-screen-reader">{t('caption')}</caption>
        <ColumnHeaders groups={groups} grouping={grouping} hasTotal={columnIds[0] === TOTAL} />
        <tbody>
          {rowIds.map((rowId, row) => {
            const named = names.get(rowId);
            return (
              <tr key={rowId} data-total={rowId === TOTAL || undefined}>
                <th scope="row">{named ? rowName(named, answer.by) : t('totals.row')}</th>
                {columnIds.map((columnId, column) => (
                  <GridCell
                    key={columnId}
                    cell={cellAt(rowId, columnId)}
                    at={`${row}:${column}`}
                    isDelta={isDelta}
                    isOpen={open?.row === rowId && open.column === columnId}
                    isTotal={rowId === TOTAL || columnId === TOTAL}
                    texts={texts}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

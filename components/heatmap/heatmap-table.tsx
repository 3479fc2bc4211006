'use client';

/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role -- a data table that is also a keyboard grid. */

import { useFormatter, useTranslations } from 'next-intl';
import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { arrange } from './arrange';
import { ColumnHeaders } from './column-headers';
import { moveInGrid } from './grid-keys';
import { GridCell } from './grid-cell';
import styles from './heatmap-table.module.css';
import { TOTAL, type ColumnGrouping, type HeatmapAnswer } from './heatmap-types';
import type { CellAddress } from './use-cell-address';
import { useRowName } from './use-names';

interface HeatmapTableProps {
  answer: HeatmapAnswer;
  grouping: ColumnGrouping;
  /** Shows the change since the month compared with instead of the score. */
  isDelta: boolean;
  open: CellAddress | null;
  onOpen: (cell: CellAddress) => void;
}

/**
 * The heatmap as a real table that is also a keyboard grid. One listener serves all cells, and the roving tab stop is
 * kept in the DOM: a group of 200 entities has 1,600 cells, and none of them needs to render again to be walked over.
 */
export function HeatmapTable({ answer, grouping, isDelta, open, onOpen }: HeatmapTableProps) {
  const t = useTranslations('heatmap');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const rowName = useRowName();
  const table = useRef<HTMLTableElement>(null);
  const { groups, columnIds, rowIds, cellAt } = arrange(answer, grouping);
  const names = new Map(answer.rows.map((row) => [row.id, row]));
  const texts = { t, format, levelName: (level: number) => levels(String(level)) };

  function onKeyDown(event: KeyboardEvent) {
    const cell = cellOf(event.target);
    const from = cell && positionOf(cell);
    if (!from) return;
    const size = { rows: rowIds.length, columns: columnIds.length };
    const to = moveInGrid(event.key, event.ctrlKey || event.metaKey, from, size);
    if (!to) return;
    event.preventDefault();
    const next = table.current?.querySelector<HTMLElement>(`[data-at="${to.row}:${to.column}"]`);
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  function onClick(event: MouseEvent) {
    const cell = cellOf(event.target);
    const at = cell && positionOf(cell);
    const row = at && rowIds[at.row];
    const column = at && columnIds[at.column];
    if (row && column) onOpen({ row, column });
  }

  return (
    <div className={styles.frame}>
      <table
        ref={table}
        className={styles.table}
        role="grid"
        aria-readonly
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-mode={isDelta ? 'delta' : 'score'}
      >
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

function cellOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
}

function positionOf(cell: HTMLElement) {
  const [row, column] = (cell.dataset.at ?? '').split(':').map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}

'use client';

/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role -- a data table that is also a keyboard grid. */

import { useFormatter, useTranslations } from 'next-intl';
import { arrangeSectors } from './arrange-sectors';
import { GridCell } from './grid-cell';
import styles from './heatmap-table.module.css';
import { TOTAL, type HeatmapAnswer } from './heatmap-types';
import type { CellAddress } from './use-cell-address';
import { useGrid } from './use-grid';
import { useRowName } from './use-names';

interface SectorTableProps {
  answer: HeatmapAnswer;
  isDelta: boolean;
  open: CellAddress | null;
  onOpen: (cell: CellAddress) => void;
}

/** Sectors down; beside each the sector as one and then its entities by name. */
export function SectorTable({ answer, isDelta, open, onOpen }: SectorTableProps) {
  const t = useTranslations('heatmap');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const rowName = useRowName();
  const sectors = arrangeSectors(answer);
  const names = new Map(answer.rows.map((row) => [row.id, row]));
  const columns = Math.max(...sectors.map(({ cells }) => cells.length));
  const grid = useGrid({ rows: sectors.length, columns }, ({ row, column }) => {
    const sector = sectors[row];
    const chosen = sector?.cells[column];
    if (sector && chosen) onOpen({ row: sector.id, column: chosen.column });
  });
  const texts = { t, format, levelName: (level: number) => levels(String(level)) };
  return (
    <div className={styles.frame}>
      <table
        {...grid}
        className={styles.table}
        data-ragged
        role="grid"
        aria-readonly
        data-mode={isDelta ? 'delta' : 'score'}
      >
        <caption className="only-screen-reader">{t('caption')}</caption>
        <thead>
          <tr className={styles.names}>
            <th scope="col" className={styles.corner}>
              <span className="only-screen-reader">{t('groups.sector')}</span>
            </th>
            <th scope="col" className={styles.total}>
              {t('totals.sector')}
            </th>
            <th scope="colgroup" colSpan={Math.max(1, columns - 1)}>
              {t('entities')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sectors.map(({ id, cells }, row) => {
            const named = names.get(id);
            return (
              <tr key={id} data-total={id === TOTAL || undefined}>
                <th scope="row">{named ? rowName(named, 'sector') : t('totals.column')}</th>
                {cells.map(({ column, entity, cell }, position) => (
                  <GridCell
                    key={column}
                    cell={cell}
                    name={entity?.name}
                    at={`${row}:${position}`}
                    isDelta={isDelta}
                    isOpen={open?.row === id && open.column === column}
                    isTotal={id === TOTAL || column === TOTAL}
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

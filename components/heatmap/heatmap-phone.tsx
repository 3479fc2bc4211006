'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Choice } from '../ui/choice';
import { arrange } from './arrange';
import { describeCell, signed } from './cell-text';
import styles from './heatmap-phone.module.css';
import { TOTAL, type HeatmapAnswer, type HeatmapCell } from './heatmap-types';
import { LockMark, TrendMark } from './marks';
import type { CellAddress } from './use-cell-address';
import { useRowName } from './use-names';

interface HeatmapPhoneProps {
  answer: HeatmapAnswer;
  isDelta: boolean;
  onOpen: (cell: CellAddress) => void;
}

/** The heatmap for one hand: choose an entity, see its rows. */
export function HeatmapPhone({ answer, isDelta, onOpen }: HeatmapPhoneProps) {
  const t = useTranslations('heatmap');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  const rowName = useRowName();
  const { cellAt, columnIds, rowIds } = arrange(answer, 'none');
  const [chosen, setChosen] = useState(columnIds[0] ?? '');
  // An entity stands in its own sector only; the others would be a long list of dashes.
  const isEmpty = (row: string) => (cellAt(row, chosen)?.state ?? 'not-applicable') === 'not-applicable';
  const shown = answer.by === 'sector' ? rowIds.filter((row) => !isEmpty(row)) : rowIds;
  const names = {
    rows: new Map(answer.rows.map((row) => [row.id, row])),
    columns: new Map(answer.columns.map((column) => [column.id, column])),
  };
  return (
    <>
      <Choice
        label={t('chooseColumn')}
        value={chosen}
        options={columnIds.map((id) => ({ value: id, label: names.columns.get(id)?.name ?? t('totals.column') }))}
        onChange={setChosen}
        isWide
        className={styles.choose}
      />
      <ul className={styles.rows}>
        {shown.map((id) => {
          const row = names.rows.get(id);
          const cell = cellAt(id, chosen);
          return (
            <li key={id}>
              <button
                type="button"
                className={styles.row}
                data-total={id === TOTAL || undefined}
                onClick={() => onOpen({ row: id, column: chosen })}
              >
                <span className={styles.name}>{row ? rowName(row, answer.by) : t('totals.row')}</span>
                <span className="only-screen-reader">
                  {describeCell(cell, t, (level) => levels(String(level)), format)}
                </span>
                <Value cell={cell} isDelta={isDelta} />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Value({ cell, isDelta }: { cell: HeatmapCell | undefined; isDelta: boolean }) {
  const t = useTranslations('heatmap');
  const levels = useTranslations('terms.levels');
  const format = useFormatter();
  if (!cell || cell.state === 'not-applicable') return <span aria-hidden>–</span>;
  if (cell.state === 'not-assessed' || cell.proven === null) {
    return (
      <span className={styles.blank} aria-hidden>
        {t('cell.blank')}
      </span>
    );
  }
  const delta = cell.delta !== null && (
    <span className={styles.trend}>
      <TrendMark isUp={cell.delta > 0} />
      {signed(cell.delta, format)}
    </span>
  );
  if (isDelta) return <span aria-hidden>{delta || t('cell.steady')}</span>;
  return (
    <span className={styles.value} aria-hidden>
      {delta}
      {cell.capped && <LockMark />}
      <span className={styles.level}>{levels(String(cell.level ?? 0))}</span>
      <b data-level={cell.level} data-stale={cell.stale || undefined}>
        {Math.floor(cell.proven)}
      </b>
    </span>
  );
}

'use client';

import TableRowsOutlined from '@mui/icons-material/TableRowsOutlined';
import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useId, useState, type ReactNode } from 'react';
import styles from './chart-frame.module.css';

export interface ChartData {
  columns: readonly string[];
  /** First cell of each row is its header. */
  rows: readonly (readonly ReactNode[])[];
}

interface ChartFrameProps {
  /** What the picture shows, in one sentence, above it. */
  sentence: ReactNode;
  data: ChartData;
  /** Pixels; kept free while the chart loads, so nothing jumps. */
  height: number;
  children: ReactNode;
}

/** A chart never stands alone: a sentence above, the data below on request. */
export function ChartFrame({ sentence, data, height, children }: ChartFrameProps) {
  const t = useTranslations('ui.chart');
  const [isDataShown, setIsDataShown] = useState(false);
  const sentenceId = useId();
  const dataId = useId();
  return (
    <figure className={styles.figure} aria-labelledby={sentenceId}>
      <figcaption className={styles.head}>
        <span id={sentenceId}>{sentence}</span>
        <Button
          variant="text"
          size="small"
          startIcon={<TableRowsOutlined />}
          aria-expanded={isDataShown}
          aria-controls={dataId}
          onClick={() => setIsDataShown(!isDataShown)}
          sx={{ color: 'var(--muted)', flex: 'none', my: -1 }}
        >
          {t(isDataShown ? 'hideData' : 'showData')}
        </Button>
      </figcaption>
      <div className={styles.picture} style={{ height }} aria-hidden>
        {children}
      </div>
      <div id={dataId} hidden={!isDataShown}>
        {isDataShown && <DataOfChart data={data} labelledBy={sentenceId} />}
      </div>
    </figure>
  );
}

function DataOfChart({ data, labelledBy }: { data: ChartData; labelledBy: string }) {
  return (
    <table className={styles.data} aria-labelledby={labelledBy}>
      <thead>
        <tr>
          {data.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.rows.map(([header, ...cells], row) => (
          <tr key={row}>
            <th scope="row">{header}</th>
            {cells.map((cell, position) => (
              <td key={data.columns[position + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

'use client';

/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- on a phone the
   rows become cards by CSS; without explicit roles Safari then forgets that they are a table. */
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Column } from './column';
import { ColumnHeader, useSort } from './column-header';
import styles from './data-table.module.css';
import { SelectAll, SelectRow } from './row-selection';

export interface Selection<Row> {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** How the row is called beside its checkbox. */
  labelOf: (row: Row) => string;
}

interface DataTableProps<Row> {
  /** Says what the table holds; read first by screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  selection?: Selection<Row>;
  isCaptionVisible?: boolean;
  /** Marks one row, for example the one open in a drawer. */
  currentKey?: string | null;
}

/** A real table: caption, sort links in the URL, sticky header, cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rowKey, selection } = props;
  const t = useTranslations('ui.table');
  const sort = useSort();
  if (props.rows.length === 0) return <div className={styles.frame}>{props.empty}</div>;
  const rows = sortedRows(props.rows, columns, sort);
  const keys = rows.map(rowKey);

  return (
    <div className={styles.frame}>
      <table className={styles.table} role="table">
        <caption className={props.isCaptionVisible ? styles.caption : 'only-screen-reader'}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {selection && (
              <th scope="col" role="columnheader" className={styles.check}>
                <SelectAll
                  keys={keys}
                  selected={selection.selected}
                  onChange={selection.onChange}
                  label={t('selectAll')}
                />
              </th>
            )}
            {columns.map((column) => (
              <ColumnHeader key={column.id} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                role="row"
                aria-current={key === props.currentKey || undefined}
                data-selected={selection?.selected.has(key) || undefined}
              >
                {selection && (
                  <td role="cell" className={styles.check}>
                    <SelectRow
                      rowKey={key}
                      selected={selection.selected}
                      onChange={selection.onChange}
                      label={t('selectRow', { name: selection.labelOf(row) })}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const shared = {
    className: styles.cell,
    'data-align': column.align,
    'data-label': column.header,
    'data-phone': column.isHiddenOnPhone ? 'hidden' : undefined,
  };
  if (column.isRowHeader) {
    return (
      <th scope="row" role="rowheader" {...shared}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td role="cell" {...shared}>
      {column.cell(row)}
    </td>
  );
}

function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: { by: string; isDescending: boolean } | null,
): readonly Row[] {
  const valueOf = columns.find((column) => column.id === sort?.by)?.sortValue;
  if (!sort || !valueOf) return rows;
  const direction = sort.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => compare(valueOf(a), valueOf(b), direction));
}

/** Empty values stay last in both directions: nothing is neither high nor low. */
function compare(a: string | number | null, b: string | number | null, direction: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
  return String(a).localeCompare(String(b), undefined, { numeric: true }) * direction;
}

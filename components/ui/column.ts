import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Makes the header a sort link (`?sort=id` / `?sort=-id`); the server sorts unless `sortValue` is given. */
  isSortable?: boolean;
  /** Sorts the given rows here; only for lists that are whole on the page. */
  sortValue?: (row: Row) => string | number | null;
  align?: 'start' | 'end';
  /** Names the row for assistive technology; one column of each table should. */
  isRowHeader?: boolean;
  width?: string | number;
  /** Left out of the cards at 390 pixels. */
  isHiddenOnPhone?: boolean;
}

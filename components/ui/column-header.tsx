'use client';

/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- on a phone the
   rows become cards by CSS; without explicit roles Safari then forgets that they are a table. */
import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import type { Column } from './column';
import styles from './data-table.module.css';

export interface Sort {
  by: string;
  isDescending: boolean;
}

/** The sort order the address asks for: `?sort=name`, or `?sort=-name` for descending. */
export function useSort(): Sort | null {
  const asked = useSearchParams().get('sort');
  if (!asked) return null;
  return asked.startsWith('-') ? { by: asked.slice(1), isDescending: true } : { by: asked, isDescending: false };
}

interface ColumnHeaderProps<Row> {
  column: Column<Row>;
  sort: Sort | null;
}

export function ColumnHeader<Row>({ column, sort }: ColumnHeaderProps<Row>) {
  const isSorted = sort?.by === column.id;
  const isSortable = column.isSortable || column.sortValue !== undefined;
  const direction = sort?.isDescending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={isSorted ? direction : undefined}
      data-align={column.align}
      data-phone={column.isHiddenOnPhone ? 'hidden' : undefined}
      style={{ width: column.width }}
    >
      {isSortable ? <SortLink column={column} sort={isSorted ? sort : null} /> : column.header}
    </th>
  );
}

function SortLink<Row>({ column, sort }: ColumnHeaderProps<Row>) {
  const pathname = usePathname();
  const parameters = new URLSearchParams(useSearchParams());
  parameters.set('sort', sort && !sort.isDescending ? `-${column.id}` : column.id);
  parameters.delete('cursor');
  const Arrow = sort?.isDescending ? ArrowDownward : ArrowUpward;
  return (
    <Link
      href={`${pathname}?${parameters}`}
      replace
      scroll={false}
      className={styles.sort}
      data-sorted={sort ? '' : undefined}
    >
      {column.header}
      <Arrow aria-hidden />
    </Link>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { ColumnGroup } from './arrange';
import styles from './heatmap-table.module.css';
import type { ColumnGrouping } from './heatmap-types';
import { useGroupName } from './use-names';

interface ColumnHeadersProps {
  groups: readonly ColumnGroup[];
  grouping: ColumnGrouping;
  hasTotal: boolean;
}

export function ColumnHeaders({ groups, grouping, hasTotal }: ColumnHeadersProps) {
  const groupName = useGroupName(grouping);
  const isGrouped = grouping !== 'none';
  return (
    <thead>
      {isGrouped && (
        <tr className={styles.groups}>
          <Corner rows={2} hasTotal={hasTotal} />
          {groups.map((group) => (
            <th key={group.id} scope="colgroup" colSpan={group.columns.length}>
              <span>{groupName(group.id)}</span>
            </th>
          ))}
        </tr>
      )}
      <tr className={styles.names}>
        {!isGrouped && <Corner rows={1} hasTotal={hasTotal} />}
        {groups.flatMap((group) =>
          group.columns.map((column, position) => (
            <th key={column.id} scope="col" title={column.name} data-first={(isGrouped && position === 0) || undefined}>
              <span className={styles.name}>{column.name}</span>
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

/** Heads of the row names and of the total, over both header rows where there are two. */
function Corner({ rows, hasTotal }: { rows: number; hasTotal: boolean }) {
  const t = useTranslations('heatmap');
  return (
    <>
      <th scope="col" rowSpan={rows} className={styles.corner}>
        <span className="only-screen-reader">{t('rowsHeader')}</span>
      </th>
      {hasTotal && (
        <th scope="col" rowSpan={rows} className={styles.total}>
          {t('totals.column')}
        </th>
      )}
    </>
  );
}

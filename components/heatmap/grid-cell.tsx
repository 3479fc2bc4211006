import type { useFormatter, useTranslations } from 'next-intl';
import { describeCell, signed } from './cell-text';
import styles from './grid-cell.module.css';
import type { HeatmapCell } from './heatmap-types';
import { LockMark, TrendMark } from './marks';

interface GridCellProps {
  cell: HeatmapCell | undefined;
  /** Named in the cell where no column head names it. */
  name?: string | undefined;
  /** Position in the grid as "row:column", read by the table's listeners. */
  at: string;
  isDelta: boolean;
  isOpen: boolean;
  isTotal: boolean;
  texts: {
    t: ReturnType<typeof useTranslations<'heatmap'>>;
    format: ReturnType<typeof useFormatter>;
    levelName: (level: number) => string;
  };
}

/** One cell: a number with its level word, a bar of proven in claimed; colour comes third. */
export function GridCell({ cell, name, at, isDelta, isOpen, isTotal, texts }: GridCellProps) {
  const said = describeCell(cell, texts.t, texts.levelName, texts.format);
  const text = name ? `${name}: ${said}` : said;
  const state = cell?.state ?? 'not-applicable';
  return (
    <td className={styles.slot} data-total={isTotal || undefined}>
      <button
        data-named={name ? true : undefined}
        type="button"
        className={styles.cell}
        data-at={at}
        data-state={state}
        data-level={isDelta ? undefined : (cell?.level ?? undefined)}
        data-stale={(!isDelta && cell?.stale) || undefined}
        aria-expanded={isOpen}
        aria-label={text}
        title={text}
        tabIndex={at === '0:0' ? 0 : -1}
      >
        {name && <span className={styles.name}>{name}</span>}
        <Content cell={cell} isDelta={isDelta} texts={texts} />
      </button>
    </td>
  );
}

function Content({ cell, isDelta, texts }: Pick<GridCellProps, 'cell' | 'isDelta' | 'texts'>) {
  if (!cell || cell.state === 'not-applicable') return <span className={styles.none}>–</span>;
  if (cell.state === 'not-assessed' || cell.proven === null)
    return <span className={styles.none}>{texts.t('cell.blank')}</span>;
  if (isDelta) return <Delta delta={cell.delta} proven={cell.proven} texts={texts} />;
  return (
    <>
      <span className={styles.top}>
        <b>{Math.floor(cell.proven)}</b>
        {cell.delta !== null && (
          <span className={styles.trend}>
            <TrendMark isUp={cell.delta > 0} />
            {signed(cell.delta, texts.format)}
          </span>
        )}
        {cell.capped && <LockMark />}
      </span>
      <span className={styles.word}>{texts.levelName(cell.level ?? 0)}</span>
      <span className={styles.bar}>
        <span style={{ width: `${cell.claimed ?? 0}%` }} />
        <span style={{ width: `${cell.proven}%` }} />
      </span>
    </>
  );
}

function Delta({ delta, proven, texts }: { delta: number | null; proven: number; texts: GridCellProps['texts'] }) {
  return (
    <>
      {delta === null ? (
        <span className={styles.none}>{texts.t('cell.steady')}</span>
      ) : (
        <span className={styles.delta} data-direction={delta > 0 ? 'up' : 'down'}>
          <TrendMark isUp={delta > 0} />
          {signed(delta, texts.format)}
        </span>
      )}
      <span className={styles.none}>{texts.t('cell.now', { proven: Math.floor(proven) })}</span>
    </>
  );
}

'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReadinessLine } from '../readiness/readiness-types';
import { useLineText } from '../readiness/use-step-text';
import styles from './cell-story.module.css';
import type { CellDetail } from './heatmap-types';
import { useCellAddress } from './use-cell-address';

const MOST = 12;

/** From full marks down to the score: what each part costs. In a total, each entity leads to its own cell. */
export function CellGap({ detail, proven }: { detail: CellDetail; proven: number }) {
  const t = useTranslations('heatmap.drawer');
  const format = useFormatter();
  const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const shown = detail.explanation.slice(0, MOST);
  const rest = detail.explanation.slice(MOST);
  const points = (basisPoints: number) => format.number(basisPoints / 100, { ...oneDecimal, signDisplay: 'always' });
  return (
    <table className={styles.lines}>
      <tbody>
        <tr>
          <th scope="row">{t('full')}</th>
          <td>{format.number(100, oneDecimal)}</td>
        </tr>
        {shown.map((line) => (
          <tr key={`${line.kind} ${line.id}`}>
            <th scope="row">
              <LineName line={line} row={detail.row.id} />
            </th>
            <td>{points(line.basisPoints)}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row">{t('rest', { count: rest.length })}</th>
            <td>{points(rest.reduce((sum, line) => sum + line.basisPoints, 0))}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('sum')}</th>
          <td>{format.number(proven, oneDecimal)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function LineName({ line, row }: { line: ReadinessLine; row: string }) {
  const textOf = useLineText();
  const { show } = useCellAddress();
  if (line.kind !== 'entity') return textOf(line);
  return (
    <button type="button" className={styles.down} onClick={() => show({ row, column: line.id })}>
      {textOf(line)}
    </button>
  );
}

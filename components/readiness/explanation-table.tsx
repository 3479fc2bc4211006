'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import styles from './explanation-table.module.css';
import type { ReadinessLine } from './readiness-types';
import { useLineText } from './use-step-text';

const SHOWN_AT_FIRST = 12;

/** Every line of the score, summing to it exactly; losses always stand in sight. */
export function ExplanationTable({ lines, proven }: { lines: readonly ReadinessLine[]; proven: number }) {
  const t = useTranslations('readiness.explanation');
  const textOf = useLineText();
  const format = useFormatter();
  const [isWhole, setIsWhole] = useState(false);
  const carrying = lines.filter((line) => line.basisPoints >= 0).toSorted((a, b) => b.basisPoints - a.basisPoints);
  const losses = lines.filter((line) => line.basisPoints < 0);
  const shown = isWhole ? carrying : carrying.slice(0, SHOWN_AT_FIRST);
  const rest = carrying.slice(shown.length);
  const points = (basisPoints: number) =>
    format.number(basisPoints / 100, { signDisplay: 'always', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const restSum = rest.reduce((sum, line) => sum + line.basisPoints, 0);

  return (
    <>
      <table className={styles.table}>
        <caption className="only-screen-reader">{t('title')}</caption>
        <thead className="only-screen-reader">
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('points')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <Line key={`${line.kind} ${line.id}`} text={textOf(line)} points={points(line.basisPoints)} />
          ))}
          {rest.length > 0 && <Line text={t('rest', { count: rest.length })} points={points(restSum)} />}
          {losses.map((line) => (
            <Line key={`${line.kind} ${line.id}`} text={textOf(line)} points={points(line.basisPoints)} isLoss />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('sum')}</th>
            <td>{format.number(proven, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</td>
          </tr>
        </tfoot>
      </table>
      {carrying.length > SHOWN_AT_FIRST && (
        <Button variant="text" onClick={() => setIsWhole(!isWhole)} sx={{ mt: 2, ml: -2.5 }}>
          {t(isWhole ? 'less' : 'all', { count: lines.length })}
        </Button>
      )}
    </>
  );
}

function Line({ text, points, isLoss }: { text: string; points: string; isLoss?: boolean }) {
  return (
    <tr data-loss={isLoss || undefined}>
      <th scope="row">{text}</th>
      <td>{points}</td>
    </tr>
  );
}

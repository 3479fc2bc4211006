'use client';

import LinearProgress from '@mui/material/LinearProgress';
import { useFormatter } from 'next-intl';
import { useId } from 'react';
import styles from './progress.module.css';

interface ProgressProps {
  label: string;
  /** 0–1; without it the bar says only that work goes on. */
  share?: number;
}

/** Long work in sight: what runs, and how far it is. */
export function Progress({ label, share }: ProgressProps) {
  const format = useFormatter();
  const id = useId();
  return (
    <div className={styles.progress}>
      <span id={id}>{label}</span>
      {share !== undefined && <span className={styles.share}>{format.number(share, { style: 'percent' })}</span>}
      <LinearProgress
        aria-labelledby={id}
        variant={share === undefined ? 'indeterminate' : 'determinate'}
        value={share === undefined ? undefined : Math.round(share * 100)}
      />
    </div>
  );
}

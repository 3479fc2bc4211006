'use client';

import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import styles from './reports.module.css';

/**
 * The PDF as the browser draws it. Phones draw none inside a page and get a link instead, so that nobody is recorded
 * as a reader of what was never shown.
 */
export function ReportViewer({ address, month }: { address: string; month: string }) {
  const t = useTranslations('reports.panel');
  const isWide = useMediaQuery('(min-width: 900px)');
  const [isLoaded, setLoaded] = useState(false);
  return (
    <div className={styles.viewer}>
      {isWide && (
        <>
          {!isLoaded && <p className={styles.loading}>{t('loading')}</p>}
          <iframe
            src={`${address}#navpanes=0&view=FitH`}
            title={t('frame', { month })}
            onLoad={() => setLoaded(true)}
          />
        </>
      )}
      <p className={styles.small}>
        <span className={styles.phone}>{t('noViewer')} </span>
        <a href={address} target="_blank" rel="noreferrer noopener">
          {t('openTab')}
        </a>
      </p>
    </div>
  );
}

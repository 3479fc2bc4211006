'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { ShellBand } from './bands';
import styles from './top-band.module.css';

const MINUTE_MS = 60_000;

/** A thin band that never lets a special situation be forgotten: demonstration, audit, drill, break-glass. */
export function TopBand({ band }: { band: ShellBand }) {
  const t = useTranslations('shell.band');
  return (
    <p className={styles.band} data-kind={band.kind}>
      <strong>{t(`${band.kind}.title`)}</strong>
      <span>{t(`${band.kind}.text`)}</span>
      {'endsAt' in band && <TimeLeft endsAt={band.endsAt} />}
    </p>
  );
}

function TimeLeft({ endsAt }: { endsAt: string }) {
  const t = useTranslations('shell.band');
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE_MS });
  const end = new Date(endsAt);
  return (
    <time dateTime={endsAt}>
      {t('ends', {
        left: format.relativeTime(end, now),
        at: format.dateTime(end, { dateStyle: 'medium', timeStyle: 'short' }),
      })}
    </time>
  );
}

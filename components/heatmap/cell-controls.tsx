'use client';

import Button from '@mui/material/Button';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { FreshnessBar } from '../ui/freshness-bar';
import { LayeredBar } from '../ui/layered-bar';
import { useState } from 'react';
import { useControlTitle } from '../readiness/use-step-text';
import styles from './cell-controls.module.css';
import type { CellControl } from './heatmap-types';
import { LockMark } from './marks';

const SHOWN_AT_FIRST = 12;

/** Controls by what they cost, each with its evidence and owner. */
export function CellControls({ controls }: { controls: readonly CellControl[] }) {
  const t = useTranslations('heatmap.drawer');
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <ul className={styles.controls}>
        {(isWhole ? controls : controls.slice(0, SHOWN_AT_FIRST)).map((control) => (
          <Control key={control.id} control={control} />
        ))}
      </ul>
      {!isWhole && controls.length > SHOWN_AT_FIRST && (
        <Button variant="text" onClick={() => setIsWhole(true)} sx={{ mt: 2, ml: -2.5 }}>
          {t('allControls', { count: controls.length })}
        </Button>
      )}
    </>
  );
}

function Control({ control }: { control: CellControl }) {
  const t = useTranslations('heatmap.drawer');
  const title = useControlTitle();
  const format = useFormatter();
  return (
    <li>
      <div className={styles.head}>
        <Link href={control.href}>{title(control.id, control.title)}</Link>
        {control.cost > 0 && (
          <span className={styles.cost}>
            {t('cost', { cost: format.number(-control.cost, { signDisplay: 'always', maximumFractionDigits: 1 }) })}
          </span>
        )}
      </div>
      {control.state === 'scored' && control.proven !== null && (
        <LayeredBar proven={control.proven} claimed={control.claimed ?? 0} open={control.claimed ?? 0} size="thin" />
      )}
      <p className={styles.facts}>
        <span>{control.id}</span>
        {control.isKey && (
          <span className={styles.key}>
            <LockMark /> {t('key')}
          </span>
        )}
        <span>{control.owner ?? control.accountable ?? t('noOwner')}</span>
        {control.state !== 'scored' && (
          <span>{t(control.state === 'not-assessed' ? 'notAssessed' : 'notApplicable')}</span>
        )}
      </p>
      {control.evidence ? (
        <p className={styles.evidence}>
          <Link href={control.evidence.href}>{control.evidence.title}</Link>
          <FreshnessBar
            collectedOn={control.evidence.collectedOn}
            validityDays={control.evidence.validityDays}
            today={control.evidence.today}
          />
        </p>
      ) : (
        control.state !== 'not-applicable' && <p className={styles.evidence}>{t('noEvidence')}</p>
      )}
    </li>
  );
}

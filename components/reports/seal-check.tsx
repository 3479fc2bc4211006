'use client';

import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SnapshotCheck } from '@/lib/features/snapshots/schema';
import { Problem, readApi } from '../api';
import { ErrorPanel } from '../ui/error-panel';
import { StateChip } from '../ui/state-chip';
import styles from './reports.module.css';

/** Has the server compute the month anew from its own inputs, and says what came out. */
export function SealCheck({ snapshot }: { snapshot: string }) {
  const t = useTranslations('reports.check');
  const [isAsked, setAsked] = useState(false);
  const check = useQuery({
    queryKey: ['snapshot-check', snapshot],
    queryFn: ({ signal }) => readApi<SnapshotCheck>(`/snapshots/${snapshot}/check`, signal),
    enabled: isAsked,
  });
  return (
    <>
      <Button
        variant="text"
        loading={isAsked && check.isFetching}
        onClick={() => (isAsked ? void check.refetch() : setAsked(true))}
      >
        {t('button')}
      </Button>
      <output className={styles.check}>
        {check.data && <StateChip tone={check.data.ok ? 'good' : 'serious'}>{t(outcomeOf(check.data))}</StateChip>}
      </output>
      {check.error instanceof Problem && <ErrorPanel problem={check.error} />}
    </>
  );
}

function outcomeOf({ ok, isChained }: SnapshotCheck): 'ok' | 'okFirst' | 'broken' | 'unlinked' {
  if (ok) return isChained === null ? 'okFirst' : 'ok';
  return isChained === false ? 'unlinked' : 'broken';
}

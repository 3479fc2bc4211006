'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { readApi } from '../api';
import { useFilters } from '../ui/use-filters';
import { ScopeButton } from './scope-button';

const MonthMenu = dynamic(async () => (await import('./month-menu')).MonthMenu, { ssr: false });

interface FrozenMonths {
  items: { month: string }[];
}

/** Today, or the frozen end of a month, kept in the address as `?asOf=YYYY-MM`. */
export function MonthScope() {
  const t = useTranslations('shell.scope');
  const format = useFormatter();
  const filters = useFilters();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const frozen = useQuery({
    queryKey: ['snapshots', 'months'],
    queryFn: ({ signal }) => readApi<FrozenMonths>('/snapshots?limit=36', signal),
    enabled: anchor !== null,
  });
  const months = [...new Set(frozen.data?.items.map(({ month }) => month))];
  const chosen = filters.get('asOf');
  const nameOf = (month: string) =>
    format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: 'long', year: 'numeric' });

  return (
    <>
      <ScopeButton
        label={t('month')}
        value={/^\d{4}-(0[1-9]|1[0-2])$/.test(chosen) ? nameOf(chosen) : t('today')}
        isOpen={anchor !== null}
        popup="menu"
        onOpen={(event) => setAnchor(event.currentTarget)}
      />
      {anchor && !frozen.isPending && (
        <MonthMenu
          anchor={anchor}
          chosen={chosen}
          months={[
            { value: '', label: t('today') },
            ...months.map((month) => ({ value: month, label: nameOf(month) })),
          ]}
          onChoose={(month) => {
            filters.set({ asOf: month });
            setAnchor(null);
          }}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

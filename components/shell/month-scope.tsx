'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useFilters } from '../ui/use-filters';
import { recentMonths } from './months';
import { ScopeButton } from './scope-button';

const MonthMenu = dynamic(async () => (await import('./month-menu')).MonthMenu, { ssr: false });

const MONTHS = 12;

/** Today, or the frozen end of one of the last twelve months, kept in the address as `?asOf=YYYY-MM`. */
export function MonthScope() {
  const t = useTranslations('shell.scope');
  const format = useFormatter();
  const filters = useFilters();
  const now = useNow();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
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
      {anchor && (
        <MonthMenu
          anchor={anchor}
          chosen={chosen}
          months={[
            { value: '', label: t('today') },
            ...recentMonths(now, MONTHS).map((month) => ({ value: month, label: nameOf(month) })),
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

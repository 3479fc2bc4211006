'use client';

import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFilters } from '../ui/use-filters';
import { recentMonths } from './months';
import { ScopeButton } from './scope-button';

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

  function choose(month: string) {
    filters.set({ asOf: month });
    setAnchor(null);
  }

  return (
    <>
      <ScopeButton
        label={t('month')}
        value={/^\d{4}-\d{2}$/.test(chosen) ? nameOf(chosen) : t('today')}
        isOpen={anchor !== null}
        popup="menu"
        onOpen={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem selected={chosen === ''} onClick={() => choose('')}>
          {t('today')}
        </MenuItem>
        {recentMonths(now, MONTHS).map((month) => (
          <MenuItem key={month} selected={month === chosen} onClick={() => choose(month)}>
            {nameOf(month)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { EntityItem } from '@/lib/features/entities/schema';
import { ButtonLink } from '../ui/button-link';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { FilterBar } from '../ui/filter-bar';
import { LawLink } from '../ui/law-link';
import { StateChip } from '../ui/state-chip';
import { countryName } from './country-name';
import styles from './entities.module.css';

interface EntitiesViewProps {
  items: readonly EntityItem[];
  countries: readonly string[];
  sectors: readonly string[];
  mayWrite: boolean;
}

/** The legal entities of the organisation with their class. */
export function EntitiesView({ items, countries, sectors, mayWrite }: EntitiesViewProps) {
  const t = useTranslations('entities');
  const sectorNames = useTranslations('terms.sectors');
  const classes = useTranslations('terms.classification');
  const locale = useLocale();
  const columns: Column<EntityItem>[] = [
    {
      id: 'name',
      header: t('entity'),
      isRowHeader: true,
      isSortable: true,
      sortValue: (one) => one.name,
      cell: (one) => (
        <Link href={`/entities/${one.id}`} className={styles.name}>
          {one.name}
        </Link>
      ),
    },
    {
      id: 'country',
      header: t('country'),
      isSortable: true,
      sortValue: (one) => countryName(one.country, locale),
      cell: (one) => `${countryName(one.country, locale)}${one.city ? `, ${one.city}` : ''}`,
    },
    {
      id: 'sector',
      header: t('sector'),
      isSortable: true,
      sortValue: (one) => one.sector,
      cell: (one) => (one.sector ? sectorNames(one.sector) : '–'),
    },
    {
      id: 'classification',
      header: t('class'),
      cell: (one) => (
        <StateChip tone={one.classification === 'essential' ? 'accent' : 'neutral'}>
          {classes(one.classification)}
          {one.isOverridden && ` ${t('overridden')}`}
        </StateChip>
      ),
    },
    {
      id: 'criticality',
      header: t('criticality'),
      align: 'end',
      isSortable: true,
      sortValue: (one) => one.criticality,
      cell: (one) => t(`criticalities.${one.criticality}`),
      isHiddenOnPhone: true,
    },
  ];
  return (
    <>
      <FilterBar
        fields={[
          { kind: 'search', param: 'q', label: t('search') },
          {
            kind: 'select',
            param: 'sector',
            label: t('sector'),
            options: sectors.map((value) => ({ value, label: sectorNames(value) })),
          },
          {
            kind: 'select',
            param: 'country',
            label: t('country'),
            options: countries.map((value) => ({ value, label: countryName(value, locale) })),
          },
          {
            kind: 'select',
            param: 'classification',
            label: t('class'),
            options: ['essential', 'important', 'domain_registration_only', 'national_option', 'out_of_scope'].map(
              (value) => ({ value, label: classes(value) }),
            ),
          },
          { kind: 'toggle', param: 'archived', label: t('archived') },
        ]}
        result={t('count', { count: items.length })}
      />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={items}
        rowKey={(one) => one.id}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            what={t('emptyWhat')}
            why={<LawLink obligation="nis2.3.4" />}
            action={
              mayWrite && (
                <ButtonLink href="/entities/new" variant="contained" color="primary">
                  {t('add')}
                </ButtonLink>
              )
            }
          />
        }
      />
    </>
  );
}

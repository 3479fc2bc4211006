'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { readApi } from '../api';
import { useFilters } from '../ui/use-filters';
import { ScopeButton } from './scope-button';

const Finder = dynamic(async () => (await import('../ui/finder')).Finder, { ssr: false });

interface EntityList {
  items: { id: string; name: string; sector: string; country: string }[];
}

/** The whole group or one entity, kept in the address as `?entity=`. */
export function EntityScope() {
  const t = useTranslations('shell.scope');
  const sectors = useTranslations('terms.sectors');
  const filters = useFilters();
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const chosen = filters.get('entity');
  const entities = useQuery({
    queryKey: ['entities', 'scope'],
    queryFn: ({ signal }) => readApi<EntityList>('/entities?limit=200', signal),
    enabled: isOpen || chosen !== '',
  });

  const items = entities.data?.items ?? [];
  const matching = items.filter((entity) => entity.name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()));
  const options = [
    { id: '', label: t('group') },
    ...matching.map((entity) => ({
      id: entity.id,
      label: entity.name,
      detail: [sectors.has(entity.sector) ? sectors(entity.sector) : entity.sector, entity.country].join(' · '),
    })),
  ];

  function close() {
    setIsOpen(false);
    setTyped('');
  }

  return (
    <>
      <ScopeButton
        label={t('entity')}
        value={chosen === '' ? t('group') : (items.find((entity) => entity.id === chosen)?.name ?? t('oneEntity'))}
        isOpen={isOpen}
        popup="dialog"
        onOpen={() => setIsOpen(true)}
      />
      {isOpen && (
        <Finder
          label={t('findEntity')}
          query={typed}
          onQuery={setTyped}
          groups={[{ label: t('entity'), options }]}
          isBusy={entities.isPending}
          onChoose={(option) => {
            filters.set({ entity: option.id });
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

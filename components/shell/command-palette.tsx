'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { readApi } from '../api';
import { Finder, type FinderGroup } from '../ui/finder';
import { allowedSections, hrefWithScope } from './nav-items';
import { groupFound, type SearchAnswer } from './search-answer';

interface CommandPaletteProps {
  allowed: readonly string[];
  onClose: () => void;
}

const SHORTEST_QUERY = 2;

/** Go anywhere by typing: pages at once, and what the server finds by that name. */
export function CommandPalette({ allowed, onClose }: CommandPaletteProps) {
  const t = useTranslations('shell');
  const router = useRouter();
  const scope = useSearchParams();
  const locale = useLocale().split('-')[0]!;
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const found = useQuery({
    queryKey: ['search', asked, locale],
    queryFn: ({ signal }) => readApi<SearchAnswer>(`/search?q=${encodeURIComponent(asked)}&locale=${locale}`, signal),
    enabled: asked.length >= SHORTEST_QUERY,
    placeholderData: keepPreviousData,
  });

  const pages = allowedSections(allowed)
    .flatMap((section) => section.items)
    .map((item) => ({ id: hrefWithScope(item, scope), label: t(`nav.${item.id}`), icon: item.icon }))
    .filter((page) => page.label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()));
  const isSearching = asked.length >= SHORTEST_QUERY;
  const groups: FinderGroup[] = [
    { label: t('search.pages'), options: pages },
    ...(isSearching ? groupFound(found.data?.items ?? [], (kind) => t(`search.kinds.${kind}`)) : []),
  ];

  return (
    <Finder
      label={t('search.hint')}
      query={query}
      onQuery={setQuery}
      groups={groups}
      isBusy={isSearching && found.isFetching}
      onChoose={(option) => {
        onClose();
        router.push(option.id);
      }}
      onClose={onClose}
    />
  );
}

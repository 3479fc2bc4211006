'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';

/** Reads and writes list state in the address. An empty value removes its parameter; every change starts at page one. */
export function useFilters() {
  const router = useRouter();
  const pathname = usePathname();
  const current = useSearchParams();
  const [isPending, startTransition] = useTransition();

  function set(changes: Record<string, string>) {
    const parameters = new URLSearchParams(current);
    parameters.delete('cursor');
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') parameters.delete(name);
      else parameters.set(name, value);
    }
    const query = parameters.toString();
    startTransition(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }));
  }

  return { get: (name: string) => current.get(name) ?? '', set, isPending };
}

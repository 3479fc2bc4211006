import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { loadMessages, localeOf } from '@/messages/load';
import { AddMessages } from './add-messages';

interface FeatureMessagesProps {
  /** Namespaces (file names in messages/) that client components below need. */
  of: readonly string[];
  children: ReactNode;
}

/**
 * Sends a feature's texts to the browser: wrap the view of a page in it. Server components need no wrapping, and
 * `ui`, `terms`, `shell` and `problems` are always there. Sending only what a page uses keeps pages light.
 */
export async function FeatureMessages({ of, children }: FeatureMessagesProps) {
  const messages = loadMessages(localeOf(await getLocale()));
  const wanted = Object.fromEntries(of.map((name) => [name, messages[name] ?? {}]));
  return <AddMessages messages={wanted}>{children}</AddMessages>;
}

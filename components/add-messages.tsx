'use client';

import { IntlProvider, useLocale, useMessages } from 'next-intl';
import type { ReactNode } from 'react';
import type { Messages } from '@/messages/load';

/** Adds texts to those the tree above already has. */
export function AddMessages({ messages, children }: { messages: Messages; children: ReactNode }) {
  const above = useMessages();
  return (
    <IntlProvider locale={useLocale()} messages={{ ...above, ...messages }}>
      {children}
    </IntlProvider>
  );
}

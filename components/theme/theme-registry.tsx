'use client';

import { AppRouterCacheProvider } from '@mui/material-nextjs/v16-appRouter';
import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { MODE_KEY, schemeStorage } from './scheme-storage';
import { theme } from './theme';

/**
 * Gives the tree its theme, and Emotion the request's CSP nonce so that its style tags are allowed.
 * Its styles stand in the cascade layer `mui` (global.css), so that our own style modules always win.
 * @param nonce from the `x-nonce` request header that `proxy.ts` sets.
 */
export function ThemeRegistry({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <AppRouterCacheProvider options={{ key: 'hp', enableCssLayer: true, ...(nonce ? { nonce } : {}) }}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={MODE_KEY} storageManager={schemeStorage}>
        {children}
      </ThemeProvider>
    </AppRouterCacheProvider>
  );
}

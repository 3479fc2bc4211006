import type { ThemeProviderProps } from '@mui/material/styles';
import { keepPreference, PREFERENCE_COOKIES } from './preferences';

type StorageManager = NonNullable<ThemeProviderProps['storageManager']>;

/** The one key we keep; Material UI also asks for the names of its schemes, which never change here. */
export const MODE_KEY = 'scheme';

/** Keeps the chosen scheme in a cookie: signing out clears the browser's storage but not how a person likes to read. */
export const schemeStorage: StorageManager = ({ key }) => ({
  get: (fallback: unknown) =>
    typeof document === 'undefined' || key !== MODE_KEY ? fallback : (chosenMode() ?? fallback),
  set: (value: unknown) => {
    if (key === MODE_KEY && typeof value === 'string') keepPreference('scheme', value);
  },
  subscribe: () => () => undefined,
});

function chosenMode(): string | undefined {
  return new RegExp(`(?:^|; )${PREFERENCE_COOKIES.scheme}=(light|dark|system)`).exec(document.cookie)?.[1];
}

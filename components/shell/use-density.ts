'use client';

import { useSyncExternalStore } from 'react';
import { densityOf, keepPreference, type Density } from '../theme/preferences';

const CHANGED = 'heptad:density';

/** The density of lists. It lives on `<html data-density>`, where the server writes what the cookie says. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(subscribe, readDensity, () => 'comfortable' as const);
  return [density, setDensity];
}

function setDensity(density: Density): void {
  document.documentElement.dataset.density = density;
  keepPreference('density', density);
  window.dispatchEvent(new Event(CHANGED));
}

function readDensity(): Density {
  return densityOf(document.documentElement.dataset.density);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  return () => window.removeEventListener(CHANGED, onChange);
}

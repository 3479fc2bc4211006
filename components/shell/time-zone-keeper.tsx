'use client';

import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { keepPreference } from '../theme/preferences';

/** Tells the server the browser's time zone once, so that instants read as local time from the first byte on. */
export function TimeZoneKeeper() {
  const router = useRouter();
  const known = useTimeZone();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!actual || actual === known || document.cookie.includes(`time-zone=${encodeURIComponent(actual)}`)) return;
    keepPreference('timeZone', actual);
    router.refresh();
  }, [known, router]);
  return null;
}

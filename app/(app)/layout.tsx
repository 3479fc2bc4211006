import type { ReactNode } from 'react';
import { ApiProvider } from '@/components/api-provider';
import { FeatureMessages } from '@/components/feature-messages';
import { AppShell } from '@/components/shell/app-shell';
import { bandsOf } from '@/components/shell/bands';
import { navFor } from '@/components/shell/nav-items';
import { TimeZoneKeeper } from '@/components/shell/time-zone-keeper';
import { allowedTo, requireUser } from '@/lib/web/page';

/** The frame of all signed-in pages. It decides nothing: each query checks the right to what it reads. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const { id, name, email, organisation, held } = user;
  const shown = { id, name, email, role: held[0]?.role ?? '', isAuditor: user.engagement !== null, organisation };
  return (
    <FeatureMessages of={['shell', 'terms', 'problems']}>
      <ApiProvider>
        <TimeZoneKeeper />
        <AppShell user={shown} nav={navFor(allowedTo(user))} bands={bandsOf(user)}>
          {children}
        </AppShell>
      </ApiProvider>
    </FeatureMessages>
  );
}

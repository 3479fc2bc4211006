'use client';

import { PageFailure } from '@/components/ui/page-failure';

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageFailure digest={error.digest} onRetry={reset} />;
}

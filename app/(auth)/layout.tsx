import type { ReactNode } from 'react';
import { FeatureMessages } from '@/components/feature-messages';
import { AuthFrame } from '@/components/sign-in/auth-frame';

/** The frame of signed-out pages. */
export default function SignedOutLayout({ children }: { children: ReactNode }) {
  return (
    <FeatureMessages of={['auth', 'terms', 'shell', 'problems']}>
      <AuthFrame>{children}</AuthFrame>
    </FeatureMessages>
  );
}

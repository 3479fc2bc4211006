'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { ButtonLink } from './button-link';
import { EmptyState } from './empty-state';

interface PageFailureProps {
  /** Next's digest of the server error; leads to the line in the server log. */
  digest?: string;
  onRetry: () => void;
}

/** A page that broke: what happened, what was kept, what to do. */
export function PageFailure({ digest, onRetry }: PageFailureProps) {
  const t = useTranslations('pages.error');
  return (
    <div role="alert">
      <EmptyState
        isPage
        title={t('title')}
        what={t('text')}
        why={digest && t('reference', { digest })}
        action={
          <>
            <Button variant="contained" color="primary" onClick={onRetry} sx={{ mr: 2 }}>
              {t('retry')}
            </Button>
            <ButtonLink href="/">{t('home')}</ButtonLink>
          </>
        }
      />
    </div>
  );
}

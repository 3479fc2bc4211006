import { useTranslations } from 'next-intl';
import { EmptyState } from './empty-state';

/** For an auditor whose frozen state is still being made. */
export function NotFrozen() {
  const t = useTranslations('pages.notFrozen');
  return <EmptyState isPage title={t('title')} what={t('text')} />;
}

import { useTranslations } from 'next-intl';
import { EmptyState } from './empty-state';

/** In place of a page whose data the role may not read. */
export function NoRight() {
  const t = useTranslations('pages.noRight');
  return <EmptyState isPage title={t('title')} what={t('text')} />;
}

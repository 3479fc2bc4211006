import { useTranslations } from 'next-intl';
import { ButtonLink } from './button-link';
import { EmptyState } from './empty-state';

/** What does not exist and what belongs to others look the same. */
export function NotFoundView() {
  const t = useTranslations('pages.notFound');
  return (
    <EmptyState isPage title={t('title')} what={t('text')} action={<ButtonLink href="/">{t('home')}</ButtonLink>} />
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { callApi, Problem } from '../api';
import { useToast } from '../ui/toast';

/** Ends this session (`/session`) or every one (`/account/sessions`), then leaves with nothing kept in the page. */
export function useSignOut(): (path: '/session' | '/account/sessions') => void {
  const t = useTranslations('shell.person');
  const queries = useQueryClient();
  const toast = useToast();

  async function signOut(path: string): Promise<void> {
    try {
      await callApi({ method: 'DELETE', path });
    } catch (error) {
      const hasEnded = error instanceof Problem && error.status === 401;
      if (!hasEnded) return toast({ message: t('signOutFailed') });
    }
    queries.clear();
    window.location.assign('/sign-in');
  }

  return (path) => void signOut(path);
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { safeNext } from '@/components/sign-in/safe-next';
import { SignInView } from '@/components/sign-in/sign-in-view';
import { demonstrationAccounts } from '@/lib/web/demonstration';
import { currentUser } from '@/lib/web/page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNext((await searchParams).next);
  if (await currentUser()) redirect(next);
  return <SignInView accounts={await demonstrationAccounts()} next={next} />;
}

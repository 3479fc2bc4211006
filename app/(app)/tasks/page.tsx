import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TasksView } from '@/components/tasks/tasks-view';
import { NoRight } from '@/components/ui/no-right';
import { getMyWork } from '@/lib/features/tasks/queries';
import { load, requireUser } from '@/lib/web/page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tasks'))('title') };
}

export default async function TasksPage() {
  const [user, work] = await Promise.all([requireUser(), load(getMyWork, {})]);
  if (!work.allowed) return <NoRight />;
  return <TasksView work={work.data} name={user.name} />;
}

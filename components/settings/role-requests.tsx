'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import type { RoleRequestItem } from '@/lib/features/people/schema';
import { ErrorPanel } from '../ui/error-panel';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './settings.module.css';

/** Role changes that wait for a second person. */
export function RoleRequests({ requests }: { requests: readonly RoleRequestItem[] }) {
  const t = useTranslations('settings.people');
  const roles = useTranslations('terms.roles');
  const format = useFormatter();
  const toast = useToast();
  const decide = useChange({
    request: ({ id, approve }: { id: string; approve: boolean }) => ({
      method: 'POST',
      path: `/role-requests/${id}/decision`,
      body: { approve },
    }),
    onDone: (_answer, { approve }) => toast({ message: t(approve ? 'approved' : 'refused') }),
  });
  if (requests.length === 0) return null;
  return (
    <Section title={t('requests')} sentence={t('requestsSentence')}>
      {decide.problem && <ErrorPanel problem={decide.problem} />}
      <ul className={styles.list}>
        {requests.map((one) => (
          <li key={one.id}>
            <div>
              <p>{t(one.change, { person: one.person.name, role: roles(one.role) })}</p>
              <p className={styles.muted}>
                {t('requestedBy', {
                  name: one.requestedBy.name,
                  at: format.dateTime(new Date(one.requestedAt), { dateStyle: 'medium' }),
                })}
                {one.reason && ` ${one.reason}`}
              </p>
            </div>
            {one.mayDecide && (
              <div className={styles.buttons}>
                <Button
                  variant="contained"
                  color="primary"
                  loading={decide.isRunning}
                  onClick={() => decide.run({ id: one.id, approve: true })}
                >
                  {t('approve')}
                </Button>
                <Button
                  variant="outlined"
                  loading={decide.isRunning}
                  onClick={() => decide.run({ id: one.id, approve: false })}
                >
                  {t('refuse')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

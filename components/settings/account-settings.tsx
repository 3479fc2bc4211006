'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { OwnSession } from '@/lib/features/account/schema';
import { ErrorPanel } from '../ui/error-panel';
import { TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './settings.module.css';

/** Password and sessions of the person who is signed in. */
export function AccountSettings({ sessions }: { sessions: readonly OwnSession[] }) {
  const t = useTranslations('settings.account');
  const format = useFormatter();
  const router = useRouter();
  const toast = useToast();
  const [fields, setFields] = useState({ current: '', password: '' });
  const change = useChange({
    request: (body: typeof fields) => ({ method: 'POST', path: '/account/password', body }),
    onDone: () => {
      setFields({ current: '', password: '' });
      toast({ message: t('changed') });
    },
  });
  const end = useChange({
    request: (id: string) => ({ method: 'DELETE', path: `/account/sessions/${id}` }),
    onDone: () => toast({ message: t('ended') }),
  });
  const endAll = useChange({
    request: () => ({ method: 'DELETE', path: '/account/sessions' }),
    refreshes: false,
    onDone: () => router.push('/sign-in'),
  });
  const instant = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <Section title={t('sessions')} sentence={t('sessionsSentence')}>
        <ul className={styles.list}>
          {sessions.map((session) => (
            <li key={session.id}>
              <div>
                <p>
                  {deviceOf(session.userAgent) ?? t('unknownDevice')}{' '}
                  {session.isThisOne && <StateChip tone="accent">{t('thisOne')}</StateChip>}
                </p>
                <p className={styles.muted}>
                  {t('seen', { started: instant(session.startedAt), seen: instant(session.lastSeenAt) })}
                </p>
              </div>
              {!session.isThisOne && (
                <Button variant="outlined" loading={end.isRunning} onClick={() => end.run(session.id)}>
                  {t('end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Button variant="outlined" color="error" loading={endAll.isRunning} onClick={() => endAll.run(undefined)}>
          {t('endAll')}
        </Button>
      </Section>
      <Section title={t('password')} sentence={t('passwordSentence')}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            change.run(fields);
          }}
        >
          {change.problem && <ErrorPanel problem={change.problem} />}
          <FormIssues issues={change.problem?.issues}>
            <TextInput
              name="current"
              label={t('current')}
              type="password"
              autoComplete="current-password"
              value={fields.current}
              onChange={(current) => setFields({ ...fields, current })}
              fullWidth
            />
            <TextInput
              name="password"
              label={t('new')}
              type="password"
              autoComplete="new-password"
              value={fields.password}
              onChange={(password) => setFields({ ...fields, password })}
              helperText={t('newHelp')}
              fullWidth
            />
          </FormIssues>
          <div className={styles.buttons}>
            <Button type="submit" variant="contained" color="primary" loading={change.isRunning}>
              {t('change')}
            </Button>
          </div>
        </form>
      </Section>
    </>
  );
}

/** Browser and system in two words, enough to recognise one's own device. */
function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = /(Firefox|Edg|Chrome|Safari|curl|node)\b/i.exec(userAgent)?.[1]?.replace('Edg', 'Edge');
  const system = /(Windows|Mac OS|Android|iPhone|iPad|Linux)/i.exec(userAgent)?.[1];
  return [browser, system].filter(Boolean).join(', ') || null;
}

'use client';

import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { CommentItem } from '@/lib/features/comments/schema';
import { type Problem, readApi } from '../api';
import { ErrorPanel } from '../ui/error-panel';
import { TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { Timeline } from '../ui/timeline';
import { useChange } from '../use-change';
import styles from './comment-thread.module.css';

interface CommentThreadProps {
  subject: { assessment?: string; evidence?: string; engagement?: string };
  /** What a new line is; an auditor asks and states. */
  kinds?: readonly CommentItem['kind'][];
  mayWrite?: boolean;
}

/** What people said about one thing, and a place to say more. Words once said stay. */
export function CommentThread({ subject, kinds = ['comment'], mayWrite = true }: CommentThreadProps) {
  const t = useTranslations('comments');
  const query = new URLSearchParams(Object.entries(subject)).toString();
  const key = ['comments', query];
  const { data, error, refetch } = useQuery<{ items: CommentItem[] }, Problem>({
    queryKey: key,
    queryFn: ({ signal }) => readApi(`/comments?${query}`, signal),
  });
  const [body, setBody] = useState('');
  const add = useChange({
    request: (kind: CommentItem['kind']) => ({ method: 'POST', path: '/comments', body: { ...subject, kind, body } }),
    invalidates: [key],
    refreshes: false,
    onDone: () => setBody(''),
  });
  const resolve = useChange({
    request: (id: string) => ({ method: 'POST', path: `/comments/${id}/resolve` }),
    invalidates: [key],
    refreshes: false,
  });
  return (
    <Section title={t(subject.engagement ? 'titleEngagement' : 'title')} level={3}>
      {error && <ErrorPanel problem={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={styles.none}>{t('none')}</p>}
      {data && data.items.length > 0 && (
        <Timeline
          entries={data.items.map((one) => ({
            id: one.id,
            at: one.createdAt,
            by: one.author.name,
            title:
              one.kind === 'comment' ? (
                <span className={styles.said}>{one.body}</span>
              ) : (
                <Marked kind={one.kind} isOpen={one.resolvedAt === null} body={one.body} />
              ),
            body: one.kind === 'request' && one.resolvedAt === null && mayWrite && (
              <Button
                size="small"
                variant="text"
                className={styles.resolve}
                onClick={() => resolve.run(one.id)}
                loading={resolve.isRunning}
              >
                {t('resolve')}
              </Button>
            ),
          }))}
        />
      )}
      {mayWrite && (
        <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
          {add.problem && <ErrorPanel problem={add.problem} kept={t('kept')} />}
          <FormIssues issues={add.problem?.issues}>
            <TextInput name="body" label={t('write')} value={body} onChange={setBody} multiline minRows={2} fullWidth />
          </FormIssues>
          <div className={styles.buttons}>
            {kinds.map((kind) => (
              <Button
                key={kind}
                variant="outlined"
                disabled={body.trim() === ''}
                loading={add.isRunning}
                onClick={() => add.run(kind)}
              >
                {t(`add.${kind}`)}
              </Button>
            ))}
          </div>
        </form>
      )}
    </Section>
  );
}

function Marked({ kind, isOpen, body }: { kind: CommentItem['kind']; isOpen: boolean; body: string }) {
  const t = useTranslations('comments');
  return (
    <>
      <StateChip tone={kind === 'finding' ? 'serious' : isOpen && kind === 'request' ? 'attention' : 'neutral'}>
        {t(`kinds.${kind}`)}
      </StateChip>{' '}
      <span className={styles.said}>{body}</span>
    </>
  );
}

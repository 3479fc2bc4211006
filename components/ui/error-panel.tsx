'use client';

import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import type { Problem } from '../problem';
import { useFieldName, useSentenceText } from '../use-sentence-text';
import styles from './error-panel.module.css';

interface ErrorPanelProps {
  problem: Problem;
  /** What is safe: "Your text is still in the form." */
  kept?: string;
  onRetry?: () => void;
}

const KNOWN = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID',
  'CONFLICT',
  'LIMITED',
  'UNAVAILABLE',
  'NO_ANSWER',
  'BUG',
] as const;

/** What happened, what was kept, what to do – in words, from the API's problem. */
export function ErrorPanel({ problem, kept, onRetry }: ErrorPanelProps) {
  const t = useTranslations('ui.problem');
  const say = useSentenceText();
  const nameOf = useFieldName();
  const code = KNOWN.find((known) => known === problem.code) ?? 'UNKNOWN';
  const seconds = problem.retryAfter ?? 0;
  // A sentence that only counts or repeats the issues below adds nothing.
  const isSaidAlready =
    code === 'BUG' ||
    (problem.issues ?? []).some((issue) => issue.key === problem.key) ||
    problem.key === 'field.attention';
  return (
    <Alert
      severity="error"
      role="alert"
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      <p className={styles.title}>{t(`${code}.title`)}</p>
      {problem.detail && !isSaidAlready && <p>{say(problem, problem.detail)}</p>}
      {problem.issues && (
        <ul className={styles.issues}>
          {problem.issues.map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              {nameOf(issue.path)}: {say(issue, issue.message)}
            </li>
          ))}
        </ul>
      )}
      {kept && <p>{kept}</p>}
      <p className={styles.next}>{t(`${code}.next`, { seconds })}</p>
    </Alert>
  );
}

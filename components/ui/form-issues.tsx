'use client';

import Alert from '@mui/material/Alert';
import { useTranslations } from 'next-intl';
import { createContext, use, type ReactNode } from 'react';
import type { Issue } from '../problem';
import { useSentenceText } from '../use-sentence-text';
import styles from './form.module.css';

const IssuesContext = createContext<readonly Issue[]>([]);

/** Hands the server's `issues` to the fields below; each field shows the ones with its own name. */
export function FormIssues({ issues, children }: { issues: readonly Issue[] | undefined; children: ReactNode }) {
  return <IssuesContext value={issues ?? []}>{children}</IssuesContext>;
}

/** What the server said about one field, or undefined. The path of a field is its name: `facts.headcount`. */
export function useIssue(name: string): string | undefined {
  const say = useSentenceText();
  const messages = use(IssuesContext)
    .filter((issue) => issue.path === name)
    .map((issue) => say(issue, issue.message));
  return messages.length > 0 ? messages.join(' ') : undefined;
}

interface IssueSummaryProps {
  /** Name → label of the fields on the form, to speak of them as the person sees them. */
  labels: Readonly<Record<string, string>>;
}

/** All refusals at the top of a long form, each a link to its field; said aloud when they appear. */
export function IssueSummary({ labels }: IssueSummaryProps) {
  const t = useTranslations('ui.form');
  const say = useSentenceText();
  const issues = use(IssuesContext);
  if (issues.length === 0) return null;
  return (
    <Alert severity="error" role="alert">
      <p className={styles.summary}>{t('summary', { count: issues.length })}</p>
      <ul className={styles.issues}>
        {issues.map((issue) => (
          <li key={`${issue.path} ${issue.message}`}>
            <a href={`#${fieldId(issue.path)}`}>{labels[issue.path] ?? issue.path}</a>: {say(issue, issue.message)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** The DOM id of a field, so that the summary can lead to it. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}

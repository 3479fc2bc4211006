'use client';

import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import type { EvidenceDetail } from '@/lib/features/evidence/schema';
import type { ReviewItem } from '@/lib/features/reviews/schema';
import { type Problem, readApi } from '../api';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { Facts } from '../ui/facts';
import { SelectInput, TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { LawLink } from '../ui/law-link';
import { SkeletonLines } from '../ui/skeletons';
import { StateChip } from '../ui/state-chip';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { EvidencePreview } from './evidence-preview';
import styles from './evidence.module.css';

interface ReviewQueueProps {
  items: readonly ReviewItem[];
  /** Statement of each control in the queue. */
  statements: Readonly<Record<string, string>>;
}

type Decision = {
  item: ReviewItem;
  verb: 'accept' | 'reject' | 'withdraw' | 'keep';
  comment: string;
  strength: string;
};

/** The second person's desk: the list, the proof, the words of the control, and the decision – by keys A, R, J and K too. */
export function ReviewQueue({ items, statements }: ReviewQueueProps) {
  const t = useTranslations('evidence.review');
  const toast = useToast();
  const [chosen, setChosen] = useState<string | null>(null);
  const item = items.find(({ id }) => id === chosen) ?? items.find(({ mayDecide }) => mayDecide) ?? items[0];
  const decide = useChange({
    request: callOf,
    onDone: (_answer, { verb }) => {
      toast({ message: t(`done.${verb}`) });
      setChosen(nextId(items, item?.id));
    },
  });
  if (!item)
    return <EmptyState title={t('emptyTitle')} what={t('emptyWhat')} why={<LawLink obligation="nis2.21.1" />} />;
  const move = (step: number) =>
    setChosen(items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))]!.id);
  return (
    <div className={styles.review}>
      <nav aria-label={t('list')}>
        <ol className={styles.queue}>
          {items.map((one) => (
            <li key={one.id}>
              <button type="button" aria-current={one.id === item.id || undefined} onClick={() => setChosen(one.id)}>
                <span>{one.title}</span>
                <small>
                  {one.kindOfReview === 'withdrawal' ? t('withdrawal') : (one.uploadedBy?.name ?? t('machine'))}
                  {!one.mayDecide && ` · ${t('own')}`}
                </small>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <Proof key={item.id} item={item} />
      <Desk
        key={`desk ${item.id}`}
        item={item}
        statements={statements}
        isBusy={decide.isRunning}
        problem={decide.problem}
        onDecide={decide.run}
        onMove={move}
      />
    </div>
  );
}

/** What was brought, by whom and when, and the thing itself. */
function Proof({ item }: { item: ReviewItem }) {
  const t = useTranslations('evidence.review');
  const names = useTranslations('evidenceTypes');
  const format = useFormatter();
  const day = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium', timeZone: 'UTC' });
  const { data, error } = useQuery<EvidenceDetail, Problem>({
    queryKey: ['evidence', item.id],
    queryFn: ({ signal }) => readApi(`/evidence/${item.id}`, signal),
  });
  return (
    <div className={styles.proof}>
      <h2>{item.title}</h2>
      <Facts
        items={[
          { label: t('kind'), value: names(item.type) },
          ...(item.fileName ? [{ label: t('file'), value: item.fileName }] : []),
          { label: t('by'), value: item.uploadedBy?.name ?? t('machine') },
          { label: t('collectedOn'), value: day(item.collectedOn) },
          ...(item.validUntil ? [{ label: t('validUntil'), value: day(item.validUntil) }] : []),
        ]}
      />
      {error && <ErrorPanel problem={error} />}
      {!data && !error && <SkeletonLines count={6} />}
      {data && <EvidencePreview {...data} />}
    </div>
  );
}

interface DeskProps {
  item: ReviewItem;
  statements: Readonly<Record<string, string>>;
  isBusy: boolean;
  problem: Problem | null;
  onDecide: (decision: Decision) => void;
  onMove: (step: number) => void;
}

function Desk({ item, statements, isBusy, problem, onDecide, onMove }: DeskProps) {
  const t = useTranslations('evidence.review');
  const strengths = useTranslations('evidence.drawer.strengths');
  const titles = useTranslations('controlTitles');
  const [comment, setComment] = useState('');
  const [strength, setStrength] = useState<string>(item.strength);
  const isWithdrawal = item.kindOfReview === 'withdrawal';
  const say = (verb: Decision['verb']) => item.mayDecide && onDecide({ item, verb, comment: comment.trim(), strength });
  useKeys({
    a: () => say(isWithdrawal ? 'withdraw' : 'accept'),
    r: () => say(isWithdrawal ? 'keep' : 'reject'),
    j: () => onMove(1),
    k: () => onMove(-1),
  });
  return (
    <div className={styles.decide}>
      {isWithdrawal && (
        <div className={styles.reason}>
          <StateChip tone="attention">{t('withdrawal')}</StateChip>
          <p>
            <span className={styles.muted}>{t('withdrawalReason')}:</span> {item.withdrawalReason}
          </p>
        </div>
      )}
      {item.controls.length === 0 && <p className={styles.muted}>{t('provesNothing')}</p>}
      {[...new Set(item.controls.map(({ control }) => control))].map((control) => (
        <div key={control} className={styles.controlText}>
          <strong>
            {control} {titles(control)}
          </strong>
          <p>{statements[control]}</p>
          <p className={styles.muted}>
            {item.controls
              .filter((one) => one.control === control)
              .map((one) => one.entityName)
              .join(', ')}
          </p>
        </div>
      ))}
      {problem && <ErrorPanel problem={problem} kept={t('kept')} />}
      {item.mayDecide ? (
        <FormIssues issues={problem?.issues}>
          {!isWithdrawal && (
            <SelectInput
              name="strength"
              label={t('strength')}
              value={strength}
              onChange={setStrength}
              options={['attestation', 'document', 'system', 'independent'].map((value) => ({
                value,
                label: strengths(value),
              }))}
              helperText={t('strengthHelp')}
              fullWidth
            />
          )}
          {!isWithdrawal && (
            <TextInput
              name="comment"
              label={t('comment')}
              value={comment}
              onChange={setComment}
              multiline
              minRows={2}
              helperText={t('commentHelp')}
              fullWidth
            />
          )}
          <div className={styles.buttons}>
            <Button
              variant="contained"
              color={isWithdrawal ? 'error' : 'primary'}
              loading={isBusy}
              onClick={() => say(isWithdrawal ? 'withdraw' : 'accept')}
            >
              {t(isWithdrawal ? 'withdraw' : 'accept')}
            </Button>
            <Button
              variant="outlined"
              disabled={isBusy || (!isWithdrawal && comment.trim() === '')}
              onClick={() => say(isWithdrawal ? 'keep' : 'reject')}
            >
              {t(isWithdrawal ? 'keep' : 'reject')}
            </Button>
          </div>
          <p className={styles.muted}>{t(isWithdrawal ? 'keysWithdrawal' : 'keys')}</p>
        </FormIssues>
      ) : (
        <p className={styles.muted}>{t('ownExplain')}</p>
      )}
    </div>
  );
}

/** Single keys work only while no field has the focus (WCAG 2.1.4). */
function useKeys(keys: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (target.closest('input, textarea, select, [role="combobox"], [role="dialog"]')) return;
    keys[event.key.toLowerCase()]?.();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function callOf({ item, verb, comment, strength }: Decision) {
  const path = `/evidence/${item.id}`;
  switch (verb) {
    case 'accept':
      return {
        method: 'POST',
        path: `${path}/accept`,
        ifMatch: item.version,
        body: { ...(comment && { comment }), ...(strength !== item.strength && { strength }) },
      } as const;
    case 'reject':
      return { method: 'POST', path: `${path}/reject`, ifMatch: item.version, body: { comment } } as const;
    case 'withdraw':
      return { method: 'POST', path: `${path}/withdraw`, ifMatch: item.version, body: {} } as const;
    case 'keep':
      return { method: 'DELETE', path: `${path}/withdrawal`, ifMatch: item.version } as const;
  }
}

/** After a decision the next one comes up by itself. */
function nextId(items: readonly ReviewItem[], current: string | undefined): string | null {
  const index = items.findIndex(({ id }) => id === current);
  return items[index + 1]?.id ?? items[index - 1]?.id ?? null;
}

'use client';

import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { EvidenceDetail } from '@/lib/features/evidence/schema';
import { type Problem, readApi } from '../api';
import { CommentThread } from '../comments/comment-thread';
import { CopyButton } from '../ui/copy-button';
import { Drawer } from '../ui/drawer';
import { ErrorPanel } from '../ui/error-panel';
import { Facts } from '../ui/facts';
import { FreshnessBar } from '../ui/freshness-bar';
import { Section } from '../ui/section';
import { SkeletonLines } from '../ui/skeletons';
import { EvidencePreview } from './evidence-preview';
import { EvidenceState } from './evidence-state';
import styles from './evidence.module.css';
import { validity } from './validity';
import { ReviseButton } from './revise-button';
import { WithdrawalButton } from './withdrawal-button';

interface EvidenceDrawerProps {
  id: string;
  today: string;
  may: { upload: boolean; withdraw: boolean; download: boolean };
  onClose: () => void;
}

/** One piece of evidence: look at it, its dates and hash, what it proves, its revisions, what to do with it. */
export function EvidenceDrawer({ id, today, may, onClose }: EvidenceDrawerProps) {
  const t = useTranslations('evidence.drawer');
  const names = useTranslations('evidenceTypes');
  const { data, error, refetch } = useQuery<EvidenceDetail, Problem>({
    queryKey: ['evidence', id],
    queryFn: ({ signal }) => readApi(`/evidence/${id}`, signal),
  });
  const [isRevising, setRevising] = useState(false);
  return (
    <Drawer
      isOpen
      onClose={onClose}
      kicker={data && names(data.type)}
      title={data?.title ?? t('loading')}
      footer={
        data && (
          <>
            {data.kind === 'file' && may.download && (
              <Button component="a" href={`/api/v1/evidence/${id}/content`} download variant="outlined">
                {t('download')}
              </Button>
            )}
            {may.upload && data.state !== 'withdrawn' && data.state !== 'superseded' && (
              <Button variant="outlined" onClick={() => setRevising(true)}>
                {t('revise')}
              </Button>
            )}
            {may.withdraw && data.state !== 'withdrawn' && !data.withdrawal && (
              <WithdrawalButton id={id} version={data.version} />
            )}
          </>
        )
      }
    >
      {error && <ErrorPanel problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines count={8} />}
      {data && <Detail data={data} today={today} mayPreview={may.download} />}
      {data && isRevising && <ReviseButton evidence={data} today={today} onClose={() => setRevising(false)} />}
    </Drawer>
  );
}

function Detail({ data, today, mayPreview }: { data: EvidenceDetail; today: string; mayPreview: boolean }) {
  const t = useTranslations('evidence.drawer');
  const format = useFormatter();
  const titles = useTranslations('controlTitles');
  const day = (text: string | null) =>
    text ? format.dateTime(new Date(text), { dateStyle: 'medium', timeZone: 'UTC' }) : '–';
  const instant = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className={styles.stack}>
      {mayPreview && <EvidencePreview {...data} />}
      <Facts
        items={[
          { label: t('state'), value: <EvidenceState state={data.state} /> },
          {
            label: t('freshness'),
            value: <FreshnessBar collectedOn={data.collectedOn} validityDays={validity(data)} today={today} />,
          },
          { label: t('collectedOn'), value: day(data.collectedOn) },
          {
            label: t('period'),
            value: data.periodFrom || data.periodTo ? `${day(data.periodFrom)} – ${day(data.periodTo)}` : '–',
          },
          { label: t('validUntil'), value: day(data.validUntil) },
          { label: t('uploaded'), value: `${instant(data.uploadedAt)}, ${data.uploadedBy?.name ?? t('machine')}` },
          { label: t('strength'), value: t(`strengths.${data.strength}`) },
          { label: t('source'), value: data.source ?? '–' },
          ...(data.review
            ? [
                {
                  label: t('review'),
                  value: `${data.review.by}, ${instant(data.review.at)}${data.review.comment ? `: ${data.review.comment}` : ''}`,
                },
              ]
            : []),
          ...(data.withdrawal
            ? [{ label: t('withdrawal'), value: `${data.withdrawal.proposedBy}: ${data.withdrawal.reason}` }]
            : []),
        ]}
      />
      {data.sha256 && (
        <p className={styles.hash}>
          SHA-256 {data.sha256} <CopyButton text={data.sha256} label="SHA-256" />
        </p>
      )}
      <Section title={t('proves')} level={3}>
        {data.controls.length === 0 && <p className={styles.muted}>{t('nothing')}</p>}
        <ul className={styles.used}>
          {data.controls.map((one) => (
            <li key={one.assessment}>
              <Link href={`/controls/${one.control}?assessment=${one.assessment}`}>
                {one.control} {titles(one.control)}
              </Link>
              <span className={styles.muted}>{one.entityName}</span>
            </li>
          ))}
        </ul>
      </Section>
      {data.revisions.length > 0 && (
        <Section title={t('revisions')} level={3}>
          <ul className={styles.used}>
            {data.revisions.map((one) => (
              <li key={one.id}>
                <Link href={`/evidence?open=${one.id}`}>{day(one.collectedOn)}</Link>
                <EvidenceState state={one.state} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <CommentThread subject={{ evidence: data.id }} />
    </div>
  );
}

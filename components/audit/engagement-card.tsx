import { useFormatter, useTranslations } from 'next-intl';
import type { EngagementItem } from '@/lib/features/engagements/schema';
import { CommentThread } from '../comments/comment-thread';
import { ButtonLink } from '../ui/button-link';
import { Facts } from '../ui/facts';
import { StateChip } from '../ui/state-chip';
import styles from './audit.module.css';

interface EngagementCardProps {
  engagement: EngagementItem;
  now: string;
  isAuditor: boolean;
  mayComment: boolean;
}

/** An audit engagement: what may be read, frozen when, how long it lasts – with requests and findings beside it. */
export function EngagementCard({ engagement, now, isAuditor, mayComment }: EngagementCardProps) {
  const t = useTranslations('audit');
  const format = useFormatter();
  const full = (text: string) =>
    format.dateTime(new Date(text), {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    });
  return (
    <article className={styles.columns} aria-label={engagement.title}>
      <div className={styles.card}>
        <p className={styles.left}>
          {engagement.state === 'running'
            ? t('left', {
                title: engagement.title,
                left: format.relativeTime(new Date(engagement.endsAt), new Date(now)),
              })
            : engagement.title}
        </p>
        <StateChip tone={engagement.state === 'running' ? 'good' : 'neutral'}>
          {t(`states.${engagement.state}`)}
        </StateChip>
        {engagement.purpose && <p>{engagement.purpose}</p>}
        <Facts
          items={[
            { label: t('auditor'), value: engagement.auditor.name },
            {
              label: t('window'),
              value: `${full(engagement.startsAt)} – ${full(engagement.endedAt ?? engagement.endsAt)}`,
            },
            {
              label: t('scope'),
              value:
                engagement.entities.length === 0 ? t('all') : engagement.entities.map(({ name }) => name).join(', '),
            },
            { label: t('frozen'), value: engagement.snapshot ? full(engagement.snapshot.asOf) : t('notFrozen') },
            { label: t('requests'), value: engagement.openRequests },
            { label: t('findings'), value: engagement.findings },
          ]}
        />
        {isAuditor && engagement.state === 'running' && (
          <div className={styles.links}>
            <ButtonLink href="/heatmap" variant="contained" color="primary">
              {t('toHeatmap')}
            </ButtonLink>
            <ButtonLink href="/evidence">{t('toEvidence')}</ButtonLink>
            <ButtonLink href="/controls">{t('toControls')}</ButtonLink>
            <a href={`/api/v1/engagements/${engagement.id}/workpaper`} download>
              {t('workpaper')}
            </a>
          </div>
        )}
      </div>
      <CommentThread
        subject={{ engagement: engagement.id }}
        kinds={isAuditor ? ['request', 'finding', 'comment'] : ['answer', 'comment']}
        mayWrite={mayComment && engagement.state === 'running'}
      />
    </article>
  );
}

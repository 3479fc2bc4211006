import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { MyWork } from '@/lib/features/tasks/schema';
import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import styles from './tasks.module.css';

/** My work: what I owe, what waits for me, what ends soon, what I was asked. The most urgent comes first. */
export function TasksView({ work, name }: { work: MyWork; name: string }) {
  const t = useTranslations('tasks');
  const { owed, assessments, expiring, asked, waitingForMe, exclusions } = work;
  const waiting = Object.values(waitingForMe).reduce((sum, count) => sum + count, 0);
  const overdue =
    owed.filter(({ isOverdue }) => isOverdue).length + assessments.filter(({ isOverdue }) => isOverdue).length;
  const isDone = owed.length + assessments.length + expiring.length + asked.length + waiting === 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={
          isDone ? t('done', { name }) : t('sentence', { owed: owed.length + assessments.length, waiting, overdue })
        }
      />
      {isDone && (
        <EmptyState
          title={t('emptyTitle')}
          what={t('emptyWhat')}
          action={<ButtonLink href="/heatmap">{t('toHeatmap')}</ButtonLink>}
        />
      )}
      <Waiting waiting={waitingForMe} exclusions={exclusions} />
      <div className={styles.columns}>
        <div>
          <Owed owed={owed} />
          <Assessments assessments={assessments} />
        </div>
        <div>
          <Asked asked={asked} />
          <Expiring expiring={expiring} />
        </div>
      </div>
    </>
  );
}

function Waiting({ waiting, exclusions }: { waiting: MyWork['waitingForMe']; exclusions: MyWork['exclusions'] }) {
  const t = useTranslations('tasks');
  const titles = useTranslations('controlTitles');
  const links = (
    [
      ['reviews', '/evidence/review'],
      ['roles', '/settings?tab=people'],
      ['releases', '/reports'],
    ] as const
  ).filter(([kind]) => waiting[kind] > 0);
  if (links.length + exclusions.length === 0) return null;
  return (
    <Section title={t('waiting')} sentence={t('waitingSentence')}>
      {exclusions.length > 0 && (
        <ul className={styles.list}>
          {exclusions.map((one) => (
            <Line
              key={one.assessment}
              href={`/controls/${one.control}?assessment=${one.assessment}`}
              title={`${one.control} ${titles(one.control)}`}
              detail={t('exclusionDetail', { entity: one.entityName, reason: one.reason, name: one.by })}
            >
              <StateChip tone="attention">{t('exclusion')}</StateChip>
            </Line>
          ))}
        </ul>
      )}
      <ul className={styles.waiting}>
        {links.map(([kind, href]) => (
          <li key={kind}>
            <ButtonLink href={href} variant="outlined">
              {t(`kinds.${kind}`, { count: waiting[kind] })}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Owed({ owed }: { owed: MyWork['owed'] }) {
  const t = useTranslations('tasks');
  const names = useTranslations('evidenceTypes');
  const titles = useTranslations('controlTitles');
  if (owed.length === 0) return null;
  return (
    <Section title={t('owed', { count: owed.length })} actions={<ButtonLink href="/evidence">{t('bring')}</ButtonLink>}>
      <ul className={styles.list}>
        {owed.map((one) => (
          <Line
            key={one.id}
            href={`/controls/${one.control}?assessment=${one.assessment}`}
            title={names(one.type)}
            detail={`${one.control} ${titles(one.control)} · ${one.entityName}${one.note ? ` · ${one.note}` : ''}`}
          >
            <Due day={one.dueOn} isOverdue={one.isOverdue} />
          </Line>
        ))}
      </ul>
    </Section>
  );
}

function Assessments({ assessments }: { assessments: MyWork['assessments'] }) {
  const t = useTranslations('tasks');
  const titles = useTranslations('controlTitles');
  if (assessments.length === 0) return null;
  return (
    <Section title={t('assessments', { count: assessments.length })}>
      <ul className={styles.list}>
        {assessments.slice(0, 25).map((one) => (
          <Line
            key={one.id}
            href={`/controls/${one.control}?assessment=${one.id}`}
            title={`${one.control} ${titles(one.control)}`}
            detail={`${one.entityName}${one.unitName ? `, ${one.unitName}` : ''} · ${one.documentation === null || one.implementation === null ? t('blank') : t('marked')}`}
          >
            {one.dueOn && <Due day={one.dueOn} isOverdue={one.isOverdue} />}
          </Line>
        ))}
      </ul>
      {assessments.length > 25 && <p className={styles.muted}>{t('more', { count: assessments.length - 25 })}</p>}
    </Section>
  );
}

function Expiring({ expiring }: { expiring: MyWork['expiring'] }) {
  const t = useTranslations('tasks');
  if (expiring.length === 0) return null;
  const groups = [
    { key: 'expired', items: expiring.filter(({ hasExpired }) => hasExpired) },
    ...([30, 60, 90] as const).map((days) => ({
      key: String(days),
      items: expiring.filter((one) => !one.hasExpired && one.withinDays === days),
    })),
  ].filter(({ items }) => items.length > 0);
  return (
    <Section title={t('expiring')} sentence={t('expiringSentence')}>
      {groups.map(({ key, items }) => (
        <Section key={key} level={3} title={t(`ends.${key}`, { count: items.length })}>
          <ul className={styles.list}>
            {items.slice(0, 10).map((one) => (
              <Line
                key={one.id}
                href={`/evidence?open=${one.id}`}
                title={one.title}
                detail={[...new Set(one.controls.map(({ control }) => control))].slice(0, 6).join(', ')}
              >
                <Due day={one.endsOn} isOverdue={one.hasExpired} word="ends" />
              </Line>
            ))}
          </ul>
          {items.length > 10 && <p className={styles.muted}>{t('more', { count: items.length - 10 })}</p>}
        </Section>
      ))}
    </Section>
  );
}

function Asked({ asked }: { asked: MyWork['asked'] }) {
  const t = useTranslations('tasks');
  if (asked.length === 0) return null;
  return (
    <Section title={t('asked', { count: asked.length })}>
      <ul className={styles.list}>
        {asked.map((one) => (
          <Line
            key={one.id}
            href={one.evidence ? `/evidence?open=${one.evidence}` : `/audit`}
            title={one.body}
            detail={one.by}
          >
            <StateChip tone="attention">{t(`askedKinds.${one.kind}`)}</StateChip>
          </Line>
        ))}
      </ul>
    </Section>
  );
}

function Line({
  href,
  title,
  detail,
  children,
}: {
  href: string;
  title: string;
  detail: string;
  children?: ReactNode;
}) {
  return (
    <li>
      <div>
        <p>
          <Link href={href} className={styles.name}>
            {title}
          </Link>
        </p>
        <p className={styles.muted}>{detail}</p>
      </div>
      {children}
    </li>
  );
}

const words = { due: ['dueOn', 'wasDue'], ends: ['endsOn', 'endedOn'] } as const;

function Due({ day, isOverdue, word = 'due' }: { day: string; isOverdue: boolean; word?: 'due' | 'ends' }) {
  const t = useTranslations('tasks');
  const format = useFormatter();
  const text = format.dateTime(new Date(day), { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <StateChip tone={isOverdue ? 'serious' : 'neutral'}>{t(words[word][isOverdue ? 1 : 0], { day: text })}</StateChip>
  );
}

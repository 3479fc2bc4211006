import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ObligationDetail } from '@/lib/features/catalogue/schema';
import styles from '../controls/controls.module.css';
import { LevelBar } from '../controls/level-bar';
import { Facts } from '../ui/facts';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';

/** One duty from the law down: requirement, control, and what else the control serves. */
export function ObligationView({ detail }: { detail: ObligationDetail }) {
  const t = useTranslations('obligations');
  const duties = useTranslations('dutyTitles');
  const titles = useTranslations('controlTitles');
  const classes = useTranslations('terms.classification');
  const { obligation, requirements, controls } = detail;
  return (
    <>
      <PageHeader
        title={duties(obligation.id.replaceAll('.', '_'))}
        trail={[{ label: t('title'), href: '/obligations' }]}
        sentence={`${obligation.reference}, ${obligation.instrument} · ${t(`kinds.${obligation.kind}`)}`}
      />
      <p className={styles.lead}>{obligation.summary}</p>
      <div className={styles.spaced}>
        <Facts
          items={[
            {
              label: t('bindingOn'),
              value: obligation.binding_on.map((one) => (classes.has(one) ? classes(one) : one)).join(', '),
            },
            ...(obligation.notes ? [{ label: t('note'), value: obligation.notes }] : []),
          ]}
        />
      </div>
      <Section title={t('answering')}>
        {controls.length === 0 && <p className={styles.muted}>{t('noAnswer')}</p>}
        <ul className={styles.rows}>
          {controls.map((control) => (
            <li key={control.id}>
              <Link href={`/controls/${control.id}`} className={styles.name}>
                {control.id} {titles(control.id)}
              </Link>
              <span className={styles.standing}>
                <LevelBar level={control.status.meanLevel} />
                <span>{t('proofIn', { accepted: control.status.accepted, all: control.status.assessments })}</span>
              </span>
              <p className={styles.also}>
                {t('frameworks')}:{' '}
                {[...new Map(control.frameworks.map((one) => [one.framework, one])).values()]
                  .slice(0, 6)
                  .map((one, index) => (
                    <span key={one.framework}>
                      {index > 0 && ', '}
                      <Link href={`/frameworks/${one.framework}?q=${encodeURIComponent(one.element)}`}>
                        {one.frameworkName} {one.element}
                      </Link>
                    </span>
                  ))}
              </p>
            </li>
          ))}
        </ul>
      </Section>
      {requirements.length > 0 && (
        <Section title={t('requirements')}>
          <ul className={styles.refs}>
            {requirements.map((one) => (
              <li key={one.id}>
                <details>
                  <summary>
                    {one.id} {one.title}
                  </summary>
                  <p>{one.summary}</p>
                  <p>
                    {one.controls.map((id) => (
                      <span key={id}>
                        <Link href={`/controls/${id}`}>{id}</Link>{' '}
                      </span>
                    ))}
                  </p>
                </details>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className={styles.muted}>{t('disclaimer')}</p>
    </>
  );
}

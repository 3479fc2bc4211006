import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ControlDetail } from '@/lib/features/catalogue/schema';
import type { FrameworkLink } from '@/lib/features/frameworks/schema';
import { LawLink } from '../ui/law-link';
import { Section } from '../ui/section';
import styles from './controls.module.css';

/** Why a control exists: duties, requirements, other frameworks; and what proves it, who does it by default. */
export function ControlReferences({ detail }: { detail: ControlDetail }) {
  const t = useTranslations('controls.references');
  const duties = useTranslations('dutyTitles');
  const roles = useTranslations('terms.catalogueRoles');
  const names = useTranslations('evidenceTypes');
  const { control, obligations, requirements, evidenceTypes } = detail;
  const raci = (
    [
      ['accountable', [control.raci.accountable]],
      ['responsible', control.raci.responsible],
      ['consulted', control.raci.consulted],
      ['informed', control.raci.informed],
    ] as const
  ).filter(([, list]) => list.length > 0);
  return (
    <>
      <Section title={t('why')} sentence={control.weight_reason}>
        <ul className={styles.refs}>
          {obligations.map(({ id }) => (
            <li key={id}>
              <LawLink obligation={id} /> {duties(id.replaceAll('.', '_'))}
            </li>
          ))}
        </ul>
        {requirements.length > 0 && (
          <ul className={styles.refs}>
            {requirements.map(({ id, title, summary }) => (
              <li key={id}>
                {title ? (
                  <details>
                    <summary>
                      {t('annex', { id })} {title}
                    </summary>
                    <p>{summary}</p>
                  </details>
                ) : (
                  <>
                    {t('annex', { id })} {summary}
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('proof')} sentence={t('metric', { metric: control.metric })}>
        <ul className={styles.refs}>
          {evidenceTypes.map(({ id, validityDays, isPrimary }) => (
            <li key={id}>
              {names(id)} {isPrimary && <strong>{t('primary')}</strong>}
              <p>{t('validFor', { days: validityDays })}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('raci')}>
        <ul className={styles.refs}>
          {raci.map(([part, list]) => (
            <li key={part}>
              <strong>{t(part)}</strong> {list.map((role) => roles(role)).join(', ')}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('frameworks')}>
        <ul className={styles.refs}>
          {byFramework(detail.frameworks).map(([name, links]) => (
            <li key={name}>
              <details>
                <summary>
                  {name} ({links.length})
                </summary>
                {links.map((link) => (
                  <p key={link.element}>
                    <Link href={`/frameworks/${link.framework}?q=${encodeURIComponent(link.element)}`}>
                      {link.element}
                    </Link>{' '}
                    {link.label} · {t(`relations.${link.relation}`)}
                  </p>
                ))}
              </details>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function byFramework(links: readonly FrameworkLink[]): [string, FrameworkLink[]][] {
  const groups = new Map<string, FrameworkLink[]>();
  for (const link of links) groups.set(link.frameworkName, [...(groups.get(link.frameworkName) ?? []), link]);
  return [...groups];
}

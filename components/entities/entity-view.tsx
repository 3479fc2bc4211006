import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { EntityDetail } from '@/lib/features/entities/queries';
import { ButtonLink } from '../ui/button-link';
import { Facts } from '../ui/facts';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { ClassificationVerdict } from './classification-verdict';
import { countryName } from './country-name';
import { EntityActions } from './entity-actions';
import styles from './entities.module.css';
import { UnitList } from './unit-list';

interface EntityViewProps {
  entity: EntityDetail;
  today: string;
  people: readonly { id: string; name: string }[];
  mayWrite: boolean;
}

/** One entity: who it is, its class with reasons, and what controls are assessed for in it. */
export function EntityView({ entity, today, people, mayWrite }: EntityViewProps) {
  const t = useTranslations('entities');
  const sectors = useTranslations('terms.sectors');
  const types = useTranslations('entityTypes');
  const classes = useTranslations('terms.classification');
  const format = useFormatter();
  const locale = useLocale();
  const number = (value: number | null | undefined) => (value == null ? t('unknown') : format.number(value));
  return (
    <>
      <PageHeader
        title={entity.name}
        trail={[{ label: t('title'), href: '/entities' }]}
        state={
          <StateChip tone={entity.classification === 'essential' ? 'accent' : 'neutral'}>
            {classes(entity.classification)}
          </StateChip>
        }
        sentence={`${entity.city ? `${entity.city}, ` : ''}${countryName(entity.country, locale)}${entity.sector ? ` · ${sectors(entity.sector)}` : ''}`}
        actions={
          <>
            <ButtonLink href={`/heatmap?entity=${entity.id}`}>{t('toHeatmap')}</ButtonLink>
            <ButtonLink href={`/raci?entity=${entity.id}`}>{t('toRaci')}</ButtonLink>
            {mayWrite && !entity.isArchived && (
              <ButtonLink href={`/entities/${entity.id}/edit`} variant="contained" color="primary">
                {t('edit')}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className={styles.wizard}>
        <div>
          <Section title={t('profileTitle')}>
            <Facts
              items={[
                { label: t('legalName'), value: entity.legalName ?? '–' },
                { label: t('entityType'), value: entity.entityType ? types(entity.entityType) : t('unknown') },
                { label: t('criticality'), value: t(`criticalities.${entity.criticality}`) },
                { label: t('facts.headcount'), value: number(entity.facts.headcount) },
                { label: t('facts.turnover_meur'), value: number(entity.facts.turnover_meur) },
                { label: t('facts.balance_meur'), value: number(entity.facts.balance_meur) },
                ...(['uses_ai', 'uses_agents', 'uses_suppliers'] as const).map((fact) => ({
                  label: t(`facts.${fact}`),
                  value: entity.facts[fact] == null ? t('unknown') : t(entity.facts[fact] ? 'yes' : 'no'),
                })),
              ]}
            />
          </Section>
          <UnitList
            entityId={entity.id}
            units={entity.units}
            today={today}
            people={people}
            mayWrite={mayWrite && !entity.isArchived}
          />
        </div>
        <div className={styles.aside}>
          <ClassificationVerdict verdict={entity.computed} />
          {entity.override && (
            <p>
              <StateChip tone="attention">
                {t('overrideBy', { name: entity.override.by ?? '', outcome: classes(entity.override.classification) })}
              </StateChip>{' '}
              {entity.override.reason}
            </p>
          )}
          {mayWrite && <EntityActions entity={entity} />}
        </div>
      </div>
    </>
  );
}

'use client';

import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Classification } from '@/lib/domain/classification/classify';
import type { EntityFacts, EntityItem } from '@/lib/features/entities/schema';
import { callApi, type Problem } from '../api';
import { ButtonLink } from '../ui/button-link';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { ClassificationVerdict } from './classification-verdict';
import { COUNTRIES, countryName } from './country-name';
import styles from './entities.module.css';
import { FactQuestion } from './fact-question';

export type SectorOption = { id: string; annex: string; subsectors: { id: string; entityTypes: string[] }[] };

interface EntityFormProps {
  entity: EntityItem | null;
  sectors: readonly SectorOption[];
}

type Fields = {
  name: string;
  legalName: string;
  country: string;
  city: string;
  sector: string;
  entityType: string;
  criticality: string;
  facts: EntityFacts;
};

const NUMBERS = ['headcount', 'turnover_meur', 'balance_meur'] as const;
const QUESTIONS = [
  'offers_in_union',
  'cer_critical_entity',
  'nis1_oes_kept',
  'qualified_trust_provider',
  'regional_pa_risk_assessed',
  'ms_opt_in',
  'security_defence_exclusion',
  'dora_exempted',
] as const;
const PROFILE = ['uses_ai', 'uses_external_ai', 'uses_agents', 'uses_suppliers'] as const;

/** The classification wizard: facts on the left, the class they give – with its reasons and what is still open – on the right. */
export function EntityForm({ entity, sectors }: EntityFormProps) {
  const t = useTranslations('entities');
  const sectorNames = useTranslations('terms.sectors');
  const types = useTranslations('entityTypes');
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const [fields, setFields] = useState(() => fieldsOf(entity));
  const set = (change: Partial<Fields>) => setFields((all) => ({ ...all, ...change }));
  const setFact = (change: Partial<EntityFacts>) =>
    setFields((all) => ({ ...all, facts: { ...all.facts, ...change } }));
  const preview = usePreview(fields);
  const save = useChange<Fields, { id: string }>({
    request: (input) =>
      entity
        ? { method: 'PATCH', path: `/entities/${entity.id}`, ifMatch: entity.version, body: bodyOf(input, sectors) }
        : { method: 'POST', path: '/entities', body: bodyOf(input, sectors) },
    refreshes: false,
    onDone: ({ id }) => {
      toast({ message: t(entity ? 'saved' : 'created') });
      router.push(`/entities/${id}`);
      router.refresh();
    },
  });
  const sector = sectors.find(({ id }) => id === fields.sector);
  const typeOptions = sector?.subsectors.flatMap(({ entityTypes }) => entityTypes) ?? [
    'domain-registration',
    'pa-local',
    'education',
  ];
  return (
    <form
      className={styles.wizard}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.run(fields);
      }}
    >
      <div className={styles.form}>
        {save.problem && <ErrorPanel problem={save.problem} kept={t('kept')} />}
        <FormIssues issues={save.problem?.issues}>
          <fieldset className={styles.group}>
            <legend>{t('who')}</legend>
            <div className={styles.pair}>
              <TextInput
                name="name"
                label={t('name')}
                value={fields.name}
                onChange={(name) => set({ name })}
                required
                fullWidth
              />
              <TextInput
                name="legalName"
                label={t('legalName')}
                value={fields.legalName}
                onChange={(legalName) => set({ legalName })}
                fullWidth
              />
              <SelectInput
                name="country"
                label={t('country')}
                value={fields.country}
                onChange={(country) => set({ country })}
                options={COUNTRIES.map((code) => ({ value: code, label: countryName(code, locale) })).toSorted((a, b) =>
                  a.label.localeCompare(b.label, locale),
                )}
                required
                fullWidth
              />
              <TextInput
                name="city"
                label={t('city')}
                value={fields.city}
                onChange={(city) => set({ city })}
                fullWidth
              />
              <SelectInput
                name="criticality"
                label={t('criticality')}
                value={fields.criticality}
                onChange={(criticality) => set({ criticality })}
                options={[1, 2, 3].map((level) => ({ value: String(level), label: t(`criticalities.${level}`) }))}
                helperText={t('criticalityHelp')}
                fullWidth
              />
            </div>
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('what')}</legend>
            <div className={styles.pair}>
              <SelectInput
                name="sector"
                label={t('sector')}
                value={fields.sector}
                onChange={(id) => set({ sector: id, entityType: '' })}
                options={[
                  { value: '', label: t('noSector') },
                  ...sectors.map(({ id, annex }) => ({
                    value: id,
                    label: `${sectorNames(id)} (${t('annex', { annex })})`,
                  })),
                ]}
                fullWidth
              />
              <SelectInput
                name="entityType"
                label={t('entityType')}
                value={fields.entityType}
                onChange={(entityType) => set({ entityType })}
                options={[
                  { value: '', label: t('unknown') },
                  ...typeOptions.map((id) => ({ value: id, label: types(id) })),
                ]}
                fullWidth
              />
            </div>
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('size')}</legend>
            <p className={styles.muted}>{t('sizeHelp')}</p>
            <div className={styles.pair}>
              {NUMBERS.map((fact) => (
                <TextInput
                  key={fact}
                  name={`facts.${fact}`}
                  label={t(`facts.${fact}`)}
                  type="number"
                  value={fields.facts[fact] == null ? '' : String(fields.facts[fact])}
                  onChange={(text) => setFact({ [fact]: text === '' ? null : Number(text) })}
                  fullWidth
                />
              ))}
            </div>
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('special')}</legend>
            <p className={styles.muted}>{t('specialHelp')}</p>
            {QUESTIONS.map((fact) => (
              <FactQuestion
                key={fact}
                fact={fact}
                value={fields.facts[fact] ?? null}
                onChange={(value) => setFact({ [fact]: value })}
              />
            ))}
            <SelectInput
              name="facts.ms_identified"
              label={t('facts.ms_identified')}
              value={fields.facts.ms_identified ?? ''}
              onChange={(value) => setFact({ ms_identified: value === '' ? null : (value as 'essential') })}
              options={[
                { value: '', label: t('unknown') },
                { value: 'none', label: t('notIdentified') },
                { value: 'essential', label: t('identifiedEssential') },
                { value: 'important', label: t('identifiedImportant') },
              ]}
              fullWidth
            />
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('profile')}</legend>
            <p className={styles.muted}>{t('profileHelp')}</p>
            {PROFILE.map((fact) => (
              <FactQuestion
                key={fact}
                fact={fact}
                value={fields.facts[fact] ?? null}
                onChange={(value) => setFact({ [fact]: value })}
              />
            ))}
          </fieldset>
        </FormIssues>
        <div className={styles.buttons}>
          <Button type="submit" variant="contained" color="primary" loading={save.isRunning}>
            {t(entity ? 'save' : 'create')}
          </Button>
          <ButtonLink href={entity ? `/entities/${entity.id}` : '/entities'} variant="text">
            {t('cancel')}
          </ButtonLink>
        </div>
      </div>
      <ClassificationVerdict verdict={preview.data ?? null} problem={preview.error} />
    </form>
  );
}

/** The rules are asked again with every answer, on the server: there is one rule engine and one rule book. */
function usePreview({ entityType, facts }: Fields) {
  return useQuery<Classification, Problem>({
    queryKey: ['classification', entityType, facts],
    queryFn: ({ signal }) =>
      callApi({
        method: 'POST',
        path: '/classification',
        body: { entityType: entityType === '' ? null : entityType, facts },
        signal,
      }),
    placeholderData: (previous) => previous,
    retry: false,
  });
}

function fieldsOf(entity: EntityItem | null): Fields {
  return {
    name: entity?.name ?? '',
    legalName: entity?.legalName ?? '',
    country: entity?.country ?? 'DE',
    city: entity?.city ?? '',
    sector: entity?.sector ?? '',
    entityType: entity?.entityType ?? '',
    criticality: String(entity?.criticality ?? 2),
    facts: entity?.facts ?? { offers_in_union: true },
  };
}

function bodyOf(
  { legalName, city, sector, entityType, criticality, ...rest }: Fields,
  sectors: readonly SectorOption[],
) {
  const subsector =
    sectors.find(({ id }) => id === sector)?.subsectors.find(({ entityTypes }) => entityTypes.includes(entityType))
      ?.id ?? null;
  return {
    ...rest,
    legalName: legalName || null,
    city: city || null,
    sector: sector || null,
    subsector,
    entityType: entityType || null,
    criticality: Number(criticality),
  };
}

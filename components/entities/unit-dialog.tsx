'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { UnitItem } from '@/lib/features/entities/schema';
import { FormDialog } from '../evidence/form-dialog';
import { DateField } from '../ui/date-field';
import { SelectInput, TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';

interface UnitDialogProps {
  entityId: string;
  unit: UnitItem | null;
  people: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** Adds or changes one assessment unit. */
export function UnitDialog({ entityId, unit, people, onClose }: UnitDialogProps) {
  const t = useTranslations('entities.units');
  const levels = useTranslations('entities.criticalities');
  const toast = useToast();
  const [fields, setFields] = useState({
    kind: unit?.kind ?? 'ai_system',
    name: unit?.name ?? '',
    purpose: unit?.purpose ?? '',
    criticality: String(unit?.criticality ?? 2),
    aiActClass: unit?.aiActClass ?? '',
    expiresOn: unit?.expiresOn ?? null,
    ownerId: unit?.ownerId ?? '',
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const save = useChange({
    request: ({ kind, purpose, criticality, aiActClass, ownerId, ...rest }: typeof fields) => {
      const body = {
        ...rest,
        purpose: purpose || null,
        criticality: Number(criticality),
        ownerId: ownerId || null,
        ...(kind === 'ai_system' && { aiActClass: aiActClass || null }),
      };
      return unit
        ? { method: 'PATCH' as const, path: `/units/${unit.id}`, ifMatch: unit.version, body }
        : { method: 'POST' as const, path: `/entities/${entityId}/units`, body: { ...body, kind } };
    },
    onDone: () => {
      toast({ message: t('saved') });
      onClose();
    },
  });
  const kinds = ['essential_service', 'ai_system', 'agent', 'supplier'] as const;
  return (
    <FormDialog
      title={t(unit ? 'edit' : 'add')}
      sentence={t('dialogSentence')}
      submitLabel={t('save')}
      isBusy={save.isRunning}
      problem={save.problem}
      onSubmit={() => save.run(fields)}
      onClose={onClose}
    >
      {!unit && (
        <SelectInput
          name="kind"
          label={t('kind')}
          value={fields.kind}
          onChange={(kind) => set({ kind: kind as (typeof kinds)[number] })}
          options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          fullWidth
        />
      )}
      <TextInput
        name="name"
        label={t('name')}
        value={fields.name}
        onChange={(name) => set({ name })}
        required
        fullWidth
      />
      <TextInput
        name="purpose"
        label={t('purpose')}
        value={fields.purpose}
        onChange={(purpose) => set({ purpose })}
        multiline
        minRows={2}
        fullWidth
      />
      <SelectInput
        name="criticality"
        label={t('criticality')}
        value={fields.criticality}
        onChange={(criticality) => set({ criticality })}
        options={[1, 2, 3].map((level) => ({ value: String(level), label: levels(String(level)) }))}
        fullWidth
      />
      {fields.kind === 'ai_system' && (
        <SelectInput
          name="aiActClass"
          label={t('aiActClass')}
          value={fields.aiActClass}
          onChange={(aiActClass) => set({ aiActClass })}
          options={[
            { value: '', label: '–' },
            ...['prohibited', 'high', 'limited', 'minimal', 'unknown'].map((value) => ({
              value,
              label: t(`aiAct.${value}`),
            })),
          ]}
          fullWidth
        />
      )}
      <DateField
        name="expiresOn"
        label={t('expiresOn')}
        value={fields.expiresOn}
        onChange={(expiresOn) => set({ expiresOn })}
      />
      <SelectInput
        name="ownerId"
        label={t('owner')}
        value={fields.ownerId}
        onChange={(ownerId) => set({ ownerId })}
        options={[{ value: '', label: '–' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
        fullWidth
      />
    </FormDialog>
  );
}

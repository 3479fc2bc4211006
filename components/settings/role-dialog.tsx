'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PersonItem } from '@/lib/features/people/schema';
import { FormDialog } from '../evidence/form-dialog';
import { SelectInput, TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { MultiSelect } from './multi-select';

const ROLES = ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'];

/** Asks to give or take a role; nothing changes until a second person agrees. */
export function RoleDialog({
  person,
  entities,
  onClose,
}: {
  person: PersonItem;
  entities: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const t = useTranslations('settings.people');
  const roles = useTranslations('terms.roles');
  const toast = useToast();
  const [fields, setFields] = useState({
    change: 'grant',
    role: person.roles[0]?.role ?? 'owner',
    entityIds: [] as string[],
    reason: '',
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const ask = useChange({
    request: ({ reason, ...body }: typeof fields) => ({
      method: 'POST',
      path: `/people/${person.id}/roles`,
      body: { ...body, ...(reason && { reason }) },
    }),
    onDone: () => {
      toast({ message: t('asked') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('roleNamed', { name: person.name })}
      sentence={t('roleSentence')}
      submitLabel={t('ask')}
      isBusy={ask.isRunning}
      problem={ask.problem}
      onSubmit={() => ask.run(fields)}
      onClose={onClose}
    >
      <SelectInput
        name="change"
        label={t('changeLabel')}
        value={fields.change}
        onChange={(change) => set({ change })}
        options={(['grant', 'revoke'] as const).map((value) => ({ value, label: t(`changes.${value}`) }))}
        fullWidth
      />
      <SelectInput
        name="role"
        label={t('roleWanted')}
        value={fields.role}
        onChange={(role) => set({ role: role as (typeof fields)['role'] })}
        options={ROLES.map((value) => ({ value, label: roles(value) }))}
        fullWidth
      />
      {fields.change === 'grant' && (
        <MultiSelect
          name="entityIds"
          label={t('limit')}
          value={fields.entityIds}
          onChange={(entityIds) => set({ entityIds })}
          options={entities.map(({ id, name }) => ({ value: id, label: name }))}
          helperText={t('limitHelp')}
        />
      )}
      <TextInput
        name="reason"
        label={t('reason')}
        value={fields.reason}
        onChange={(reason) => set({ reason })}
        multiline
        minRows={2}
        fullWidth
      />
    </FormDialog>
  );
}

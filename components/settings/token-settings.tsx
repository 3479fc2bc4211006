'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TokenItem } from '@/lib/features/tokens/schema';
import { FormDialog } from '../evidence/form-dialog';
import { CopyButton } from '../ui/copy-button';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './settings.module.css';

interface TokenSettingsProps {
  tokens: readonly TokenItem[];
  now: string;
  may: { create: boolean; revoke: boolean };
}

/** Tokens of scanners and agents: made for one organisation and one kind of work, shown once, revocable at once. */
export function TokenSettings({ tokens, now, may }: TokenSettingsProps) {
  const t = useTranslations('settings.tokens');
  const format = useFormatter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [fields, setFields] = useState({ name: '', kind: 'scanner', validDays: '90' });
  const create = useChange<typeof fields, { token: string }>({
    request: ({ validDays, ...body }) => ({
      method: 'POST',
      path: '/tokens',
      body: { ...body, validDays: Number(validDays) },
    }),
    onDone: () => setOpen(false),
  });
  const revoke = useChange({
    request: (id: string) => ({ method: 'DELETE', path: `/tokens/${id}` }),
    onDone: () => toast({ message: t('revokedNow') }),
  });
  const day = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium' });
  const columns: Column<TokenItem>[] = [
    { id: 'name', header: t('name'), isRowHeader: true, cell: (one) => one.name },
    { id: 'kind', header: t('kind'), cell: (one) => t(`kinds.${one.kind}`) },
    { id: 'by', header: t('by'), cell: (one) => `${one.createdBy}, ${day(one.createdAt)}`, isHiddenOnPhone: true },
    {
      id: 'state',
      header: t('state'),
      cell: (one) =>
        one.revokedAt ? (
          <StateChip tone="neutral">{t('revoked')}</StateChip>
        ) : one.expiresAt < now ? (
          <StateChip tone="neutral">{t('expired')}</StateChip>
        ) : (
          <StateChip tone="good">{t('until', { day: day(one.expiresAt) })}</StateChip>
        ),
    },
    ...(may.revoke
      ? [
          {
            id: 'actions',
            header: t('actions'),
            align: 'end' as const,
            cell: (one: TokenItem) =>
              !one.revokedAt && (
                <Button
                  size="small"
                  variant="text"
                  color="error"
                  loading={revoke.isRunning}
                  onClick={() => revoke.run(one.id)}
                  aria-label={t('revokeNamed', { name: one.name })}
                >
                  {t('revoke')}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={t('title')}
      sentence={t('sentence')}
      actions={
        may.create && (
          <Button variant="outlined" onClick={() => setOpen(true)}>
            {t('create')}
          </Button>
        )
      }
    >
      {create.answer && (
        <p className={styles.secret} role="status">
          {t('once')} {create.answer.token} <CopyButton text={create.answer.token} label={t('token')} />
        </p>
      )}
      {revoke.problem && <ErrorPanel problem={revoke.problem} />}
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={tokens}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} />}
      />
      {isOpen && (
        <FormDialog
          title={t('create')}
          sentence={t('createSentence')}
          submitLabel={t('create')}
          isBusy={create.isRunning}
          problem={create.problem}
          onSubmit={() => create.run(fields)}
          onClose={() => setOpen(false)}
        >
          <TextInput
            name="name"
            label={t('name')}
            value={fields.name}
            onChange={(name) => setFields({ ...fields, name })}
            required
            fullWidth
          />
          <SelectInput
            name="kind"
            label={t('kind')}
            value={fields.kind}
            onChange={(kind) => setFields({ ...fields, kind })}
            options={['scanner', 'agent'].map((value) => ({ value, label: t(`kinds.${value}`) }))}
            fullWidth
          />
          <TextInput
            name="validDays"
            label={t('validDays')}
            type="number"
            value={fields.validDays}
            onChange={(validDays) => setFields({ ...fields, validDays })}
            fullWidth
          />
        </FormDialog>
      )}
    </Section>
  );
}

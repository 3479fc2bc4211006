'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PersonItem, RoleRequestItem } from '@/lib/features/people/schema';
import { ConfirmDialog } from '../ui/confirm-dialog';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { FilterBar } from '../ui/filter-bar';
import { Person } from '../ui/person';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { InviteDialog } from './invite-dialog';
import { PersonDialog } from './person-dialog';
import { RoleDialog } from './role-dialog';
import { RoleRequests } from './role-requests';
import styles from './settings.module.css';

interface PeopleSettingsProps {
  people: readonly PersonItem[];
  requests: readonly RoleRequestItem[];
  functions: readonly string[];
  entities: readonly { id: string; name: string }[];
  me: string;
  may: { invite: boolean; disable: boolean; requestRole: boolean };
}

/** People with their roles; every change of rights takes two persons. */
export function PeopleSettings({ people, requests, functions, entities, me, may }: PeopleSettingsProps) {
  const t = useTranslations('settings.people');
  const roles = useTranslations('terms.roles');
  const duties = useTranslations('terms.catalogueRoles');
  const format = useFormatter();
  const toast = useToast();
  const [open, setOpen] = useState<
    { what: 'invite' } | { what: 'edit' | 'role' | 'disable'; person: PersonItem } | null
  >(null);
  const close = () => setOpen(null);
  const disable = useChange({
    request: ({ id, version, isDisabled }: PersonItem) => ({
      method: 'POST',
      path: `/people/${id}/${isDisabled ? 'enable' : 'disable'}`,
      ifMatch: version,
      body: {},
    }),
    onDone: (_answer, person) => {
      close();
      toast({ message: t(person.isDisabled ? 'enabled' : 'disabled', { name: person.name }) });
    },
  });
  const columns: Column<PersonItem>[] = [
    {
      id: 'name',
      header: t('person'),
      isRowHeader: true,
      isSortable: true,
      sortValue: (one) => one.name,
      cell: (one) => <Person name={one.name} detail={one.jobTitle ?? one.email} />,
    },
    {
      id: 'roles',
      header: t('roles'),
      cell: (one) =>
        one.roles
          .map(({ role, entities: limits }) => `${roles(role)}${limits ? ` (${limits.join(', ')})` : ''}`)
          .join(', ') || t('noRole'),
    },
    {
      id: 'functions',
      header: t('functions'),
      cell: (one) => one.functions.map((id) => duties(id)).join(', ') || '–',
      isHiddenOnPhone: true,
    },
    {
      id: 'seen',
      header: t('lastSignedIn'),
      isSortable: true,
      sortValue: (one) => one.lastSignedInAt,
      cell: (one) => (one.lastSignedInAt ? format.relativeTime(new Date(one.lastSignedInAt)) : t('never')),
      isHiddenOnPhone: true,
    },
    ...(may.invite || may.disable || may.requestRole
      ? [
          {
            id: 'actions',
            header: t('actions'),
            align: 'end' as const,
            cell: (one: PersonItem) => (
              <>
                {may.invite && (
                  <Button
                    size="small"
                    variant="text"
                    onClick={() => setOpen({ what: 'edit', person: one })}
                    aria-label={t('editNamed', { name: one.name })}
                  >
                    {t('edit')}
                  </Button>
                )}
                {may.requestRole && one.id !== me && (
                  <Button
                    size="small"
                    variant="text"
                    onClick={() => setOpen({ what: 'role', person: one })}
                    aria-label={t('roleNamed', { name: one.name })}
                  >
                    {t('role')}
                  </Button>
                )}
                {may.disable && one.id !== me && (
                  <Button
                    size="small"
                    variant="text"
                    color={one.isDisabled ? 'primary' : 'error'}
                    onClick={() => setOpen({ what: 'disable', person: one })}
                    aria-label={t(one.isDisabled ? 'enableNamed' : 'disableNamed', { name: one.name })}
                  >
                    {t(one.isDisabled ? 'enable' : 'disable')}
                  </Button>
                )}
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <RoleRequests requests={requests} />
      <Section
        title={t('title')}
        sentence={t('sentence')}
        actions={
          may.invite && (
            <Button variant="contained" color="primary" onClick={() => setOpen({ what: 'invite' })}>
              {t('invite')}
            </Button>
          )
        }
      >
        <FilterBar
          fields={[
            { kind: 'search', param: 'q', label: t('search') },
            {
              kind: 'select',
              param: 'role',
              label: t('roles'),
              options: ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'].map((value) => ({
                value,
                label: roles(value),
              })),
            },
            { kind: 'toggle', param: 'disabled', label: t('shutOut') },
          ]}
        />
        <DataTable
          caption={t('title')}
          columns={columns}
          rows={people}
          rowKey={(one) => one.id}
          empty={<EmptyState title={t('emptyTitle')} what={t('emptyWhat')} />}
        />
      </Section>
      {open?.what === 'invite' && <InviteDialog functions={functions} entities={entities} onClose={close} />}
      {open?.what === 'edit' && <PersonDialog person={open.person} functions={functions} onClose={close} />}
      {open?.what === 'role' && <RoleDialog person={open.person} entities={entities} onClose={close} />}
      {open?.what === 'disable' && (
        <ConfirmDialog
          isOpen
          title={t(open.person.isDisabled ? 'enableNamed' : 'disableNamed', { name: open.person.name })}
          confirmLabel={t(open.person.isDisabled ? 'enable' : 'disable')}
          isDangerous={!open.person.isDisabled}
          isBusy={disable.isRunning}
          onConfirm={() => disable.run(open.person)}
          onCancel={close}
        >
          <p className={styles.muted}>{t(open.person.isDisabled ? 'enableExplain' : 'disableExplain')}</p>
          {disable.problem && <ErrorPanel problem={disable.problem} />}
        </ConfirmDialog>
      )}
    </>
  );
}

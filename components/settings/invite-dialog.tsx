'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { FormDialog } from '../evidence/form-dialog';
import { CopyButton } from '../ui/copy-button';
import { SelectInput, TextInput } from '../ui/form-field';
import { useChange } from '../use-change';
import { MultiSelect } from './multi-select';
import styles from './settings.module.css';

const ROLES = ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'];

interface InviteDialogProps {
  functions: readonly string[];
  entities: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** Adds a person; their first password is shown this once, and their role waits for a second person. */
export function InviteDialog({ functions, entities, onClose }: InviteDialogProps) {
  const t = useTranslations('settings.people');
  const roles = useTranslations('terms.roles');
  const duties = useTranslations('terms.catalogueRoles');
  const [fields, setFields] = useState({
    name: '',
    email: '',
    jobTitle: '',
    role: 'owner',
    functions: [] as string[],
    entityIds: [] as string[],
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const invite = useChange<typeof fields, { firstPassword: string }>({
    request: ({ jobTitle, ...body }) => ({
      method: 'POST',
      path: '/people',
      body: { ...body, ...(jobTitle && { jobTitle }) },
    }),
  });
  if (invite.answer)
    return <FirstPassword name={fields.name} password={invite.answer.firstPassword} onClose={onClose} />;
  return (
    <FormDialog
      title={t('invite')}
      sentence={t('inviteSentence')}
      submitLabel={t('invite')}
      isBusy={invite.isRunning}
      problem={invite.problem}
      onSubmit={() => invite.run(fields)}
      onClose={onClose}
    >
      <TextInput
        name="name"
        label={t('name')}
        value={fields.name}
        onChange={(name) => set({ name })}
        required
        fullWidth
      />
      <TextInput
        name="email"
        label={t('email')}
        type="email"
        value={fields.email}
        onChange={(email) => set({ email })}
        required
        fullWidth
      />
      <TextInput
        name="jobTitle"
        label={t('jobTitle')}
        value={fields.jobTitle}
        onChange={(jobTitle) => set({ jobTitle })}
        fullWidth
      />
      <SelectInput
        name="role"
        label={t('roleWanted')}
        value={fields.role}
        onChange={(role) => set({ role })}
        options={ROLES.map((value) => ({ value, label: roles(value) }))}
        fullWidth
      />
      <MultiSelect
        name="functions"
        label={t('functions')}
        value={fields.functions}
        onChange={(chosen) => set({ functions: chosen })}
        options={functions.map((value) => ({ value, label: duties(value) }))}
      />
      <MultiSelect
        name="entityIds"
        label={t('limit')}
        value={fields.entityIds}
        onChange={(entityIds) => set({ entityIds })}
        options={entities.map(({ id, name }) => ({ value: id, label: name }))}
        helperText={t('limitHelp')}
      />
    </FormDialog>
  );
}

function FirstPassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  const t = useTranslations('settings.people');
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs" fullWidth>
      <DialogTitle id={titleId}>{t('invited', { name })}</DialogTitle>
      <DialogContent>
        <p>{t('firstPassword')}</p>
        <p className={styles.secret}>
          {password} <CopyButton text={password} label={t('password')} />
        </p>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          {t('noted')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

'use client';

import Button from '@mui/material/Button';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AssessmentDetail } from '@/lib/features/assessments/schema';
import { FormDialog } from '../evidence/form-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { TextInput } from '../ui/form-field';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './controls.module.css';

interface ExclusionPanelProps {
  assessment: AssessmentDetail;
  me: string;
  isKey: boolean;
  may: { exclude: boolean; approveExclusion: boolean };
}

/** "Does not apply here": proposed by one person with a reason, decided by another, valid for a year. */
export function ExclusionPanel({ assessment, me, isKey, may }: ExclusionPanelProps) {
  const t = useTranslations('controls.exclusion');
  const format = useFormatter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const path = `/assessments/${assessment.id}/exclusion`;
  const done = (message: string) => () => {
    setOpen(false);
    toast({ message });
  };
  const propose = useChange({
    request: (text: string) => ({ method: 'POST', path, ifMatch: assessment.version, body: { reason: text } }),
    onDone: done(t('proposed')),
  });
  const decide = useChange({
    request: (approve: boolean) => ({
      method: 'POST',
      path: `${path}/decision`,
      ifMatch: assessment.version,
      body: { approve },
    }),
    onDone: done(t('decided')),
  });
  const end = useChange({
    request: () => ({ method: 'DELETE', path, ifMatch: assessment.version }),
    onDone: done(t('ended')),
  });
  const { exclusion } = assessment;
  const problem = decide.problem ?? end.problem;
  if (!exclusion) {
    if (!may.exclude || isKey) return null;
    return (
      <div className={styles.buttons}>
        <Button variant="text" onClick={() => setOpen(true)}>
          {t('propose')}
        </Button>
        {isOpen && (
          <FormDialog
            title={t('propose')}
            sentence={t('sentence')}
            submitLabel={t('submit')}
            isBusy={propose.isRunning}
            problem={propose.problem}
            onSubmit={() => propose.run(reason)}
            onClose={() => setOpen(false)}
          >
            <TextInput
              name="reason"
              label={t('reason')}
              value={reason}
              onChange={setReason}
              multiline
              minRows={3}
              fullWidth
              required
            />
          </FormDialog>
        )}
      </div>
    );
  }
  const isProposed = assessment.applicability === 'exclusion-proposed';
  return (
    <div className={styles.hint}>
      <p>
        {isProposed
          ? t('waits', { name: exclusion.proposedBy })
          : t('holds', {
              name: exclusion.approvedBy ?? '',
              until: exclusion.until
                ? format.dateTime(new Date(exclusion.until), { dateStyle: 'medium', timeZone: 'UTC' })
                : '–',
            })}{' '}
        {exclusion.reason}
      </p>
      {problem && <ErrorPanel problem={problem} />}
      <div className={styles.buttons}>
        {isProposed && may.approveExclusion && exclusion.proposedById !== me && (
          <>
            <Button variant="contained" color="primary" loading={decide.isRunning} onClick={() => decide.run(true)}>
              {t('approve')}
            </Button>
            <Button variant="outlined" loading={decide.isRunning} onClick={() => decide.run(false)}>
              {t('refuse')}
            </Button>
          </>
        )}
        {may.exclude && (
          <Button variant="text" loading={end.isRunning} onClick={() => end.run(undefined)}>
            {t('end')}
          </Button>
        )}
      </div>
    </div>
  );
}

'use client';

import Button from '@mui/material/Button';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AssessmentDetail } from '@/lib/features/assessments/schema';
import type { ControlDetail } from '@/lib/features/catalogue/schema';
import { EvidenceState } from '../evidence/evidence-state';
import { FormDialog } from '../evidence/form-dialog';
import { ButtonLink } from '../ui/button-link';
import { DateField } from '../ui/date-field';
import { EmptyState } from '../ui/empty-state';
import { SelectInput, TextInput } from '../ui/form-field';
import { FreshnessBar } from '../ui/freshness-bar';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import styles from './controls.module.css';

interface EvidenceOfAssessmentProps {
  assessment: AssessmentDetail;
  detail: ControlDetail;
  today: string;
  people: readonly { id: string; name: string }[];
  may: { request: boolean; upload: boolean };
}

/** What proves this control here, and a way to ask for what is missing. */
export function EvidenceOfAssessment({ assessment, detail, today, people, may }: EvidenceOfAssessmentProps) {
  const t = useTranslations('controls.proofs');
  const names = useTranslations('evidenceTypes');
  const [isAsking, setAsking] = useState(false);
  const daysOf = (type: string) => detail.evidenceTypes.find(({ id }) => id === type)?.validityDays ?? 365;
  return (
    <Section
      title={t('title')}
      actions={
        <>
          {may.request && (
            <Button variant="outlined" onClick={() => setAsking(true)}>
              {t('ask')}
            </Button>
          )}
          {may.upload && <ButtonLink href="/evidence">{t('bring')}</ButtonLink>}
        </>
      }
    >
      {assessment.evidence.length === 0 && (
        <EmptyState
          title={t('noneTitle')}
          what={t('noneWhat', { type: names(detail.evidenceTypes[0]?.id ?? 'policy_document') })}
        />
      )}
      <ul className={styles.refs}>
        {assessment.evidence.map((one) => (
          <li key={one.id}>
            <Link href={`/evidence?open=${one.id}`} className={styles.name}>
              {one.title}
            </Link>
            <p className={styles.proof}>
              {names(one.type)}
              <EvidenceState state={one.state} />
              {one.state === 'accepted' && (
                <FreshnessBar collectedOn={one.collectedOn} validityDays={daysOf(one.type)} today={today} />
              )}
            </p>
          </li>
        ))}
      </ul>
      {isAsking && (
        <AskDialog assessment={assessment} detail={detail} people={people} onClose={() => setAsking(false)} />
      )}
    </Section>
  );
}

function AskDialog({
  assessment,
  detail,
  people,
  onClose,
}: Pick<EvidenceOfAssessmentProps, 'assessment' | 'detail' | 'people'> & { onClose: () => void }) {
  const t = useTranslations('controls.proofs');
  const names = useTranslations('evidenceTypes');
  const toast = useToast();
  const [fields, setFields] = useState({
    type: detail.evidenceTypes[0]?.id ?? '',
    ownerId: assessment.owner?.id ?? '',
    dueOn: null as string | null,
    note: '',
  });
  const set = (change: Partial<typeof fields>) => setFields((all) => ({ ...all, ...change }));
  const ask = useChange({
    request: ({ note, ...body }: typeof fields) => ({
      method: 'POST',
      path: '/evidence-requests',
      body: { ...body, ...(note && { note }), assessments: [assessment.id] },
    }),
    onDone: () => {
      toast({ message: t('asked') });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('ask')}
      sentence={t('askSentence')}
      submitLabel={t('askSubmit')}
      isBusy={ask.isRunning}
      problem={ask.problem}
      onSubmit={() => ask.run(fields)}
      onClose={onClose}
    >
      <SelectInput
        name="type"
        label={t('what')}
        value={fields.type}
        onChange={(type) => set({ type })}
        options={detail.evidenceTypes.map(({ id }) => ({ value: id, label: names(id) }))}
        fullWidth
      />
      <SelectInput
        name="ownerId"
        label={t('who')}
        value={fields.ownerId}
        onChange={(ownerId) => set({ ownerId })}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        fullWidth
      />
      <DateField name="dueOn" label={t('until')} value={fields.dueOn} onChange={(dueOn) => set({ dueOn })} isRequired />
      <TextInput
        name="note"
        label={t('note')}
        value={fields.note}
        onChange={(note) => set({ note })}
        multiline
        minRows={2}
        fullWidth
      />
    </FormDialog>
  );
}

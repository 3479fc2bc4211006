'use client';

import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { EvidenceDetail } from '@/lib/features/evidence/schema';
import { DateField } from '../ui/date-field';
import { ErrorPanel } from '../ui/error-panel';
import { FormIssues } from '../ui/form-issues';
import { Progress } from '../ui/progress';
import { useToast } from '../ui/toast';
import styles from './evidence.module.css';
import { useUploads } from './use-uploads';

/** Uploads a newer revision: it proves the same controls, and the older one stops counting when it is accepted. */
export function ReviseButton({
  evidence,
  today,
  onClose,
}: {
  evidence: EvidenceDetail;
  today: string;
  onClose: () => void;
}) {
  const t = useTranslations('evidence.revise');
  const toast = useToast();
  const titleId = useId();
  const uploads = useUploads(today);
  const [collectedOn, setCollectedOn] = useState(today);
  const item = uploads.items[0];

  function choose(files: FileList | null) {
    for (const { key } of uploads.items) uploads.remove(key);
    uploads.add(files ?? [], {
      title: evidence.title,
      type: evidence.type,
      collectedOn,
      source: evidence.source ?? '',
      revises: evidence.id,
    });
  }

  async function send() {
    if ((await uploads.submitAll()) === 0) return;
    toast({ message: t('done') });
    onClose();
  }

  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs" fullWidth>
      <DialogTitle id={titleId}>{t('heading')}</DialogTitle>
      <DialogContent className={styles.form}>
        <p>{t('explain')}</p>
        <label>
          <span className="only-screen-reader">{t('file')}</span>
          <input type="file" aria-label={t('file')} onChange={(event) => choose(event.target.files)} />
        </label>
        {item?.state === 'sending' && <Progress label={t('sending')} share={item.share} />}
        {item?.problem && <ErrorPanel problem={item.problem} />}
        <FormIssues issues={item?.problem?.issues}>
          <DateField
            name="collectedOn"
            label={t('collectedOn')}
            value={collectedOn}
            max={today}
            onChange={(day) => {
              setCollectedOn(day ?? today);
              if (item) uploads.edit(item.key, { collectedOn: day ?? today });
            }}
          />
        </FormIssues>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!item}
          loading={uploads.isSending}
          onClick={() => void send()}
        >
          {t('send')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

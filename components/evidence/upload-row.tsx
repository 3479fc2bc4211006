'use client';

import CloseOutlined from '@mui/icons-material/CloseOutlined';
import IconButton from '@mui/material/IconButton';
import { useFormatter, useTranslations } from 'next-intl';
import { DateField } from '../ui/date-field';
import { ErrorPanel } from '../ui/error-panel';
import { SelectInput, TextInput } from '../ui/form-field';
import { FormIssues } from '../ui/form-issues';
import { Progress } from '../ui/progress';
import { ControlPicker } from './control-picker';
import { TypeSelect } from './type-select';
import styles from './upload-area.module.css';
import type { UploadFields } from './upload-file';
import type { PendingUpload } from './use-uploads';

interface UploadRowProps {
  item: PendingUpload;
  today: string;
  requests: readonly { id: string; label: string; type: string }[];
  onEdit: (change: Partial<UploadFields>) => void;
  onRemove: () => void;
}

/** One chosen file: what it is, when it was collected, what it proves – with the guesses filled in. */
export function UploadRow({ item, today, requests, onEdit, onRemove }: UploadRowProps) {
  const t = useTranslations('evidence.upload');
  const format = useFormatter();
  const { fields, file, problem } = item;
  const isBusy = item.state === 'sending';
  return (
    <li className={styles.row} aria-label={file.name}>
      <div className={styles.head}>
        <span>{file.name}</span>
        <span className={styles.size}>{format.number(Math.ceil(file.size / 1024))} kB</span>
        <IconButton onClick={onRemove} disabled={isBusy} aria-label={t('remove', { name: file.name })}>
          <CloseOutlined fontSize="inherit" />
        </IconButton>
      </div>
      {isBusy && <Progress label={t('sending')} share={item.share} />}
      {problem && <ErrorPanel problem={problem} kept={t('kept')} />}
      <FormIssues issues={problem?.issues}>
        <div className={styles.fields}>
          <div data-span="5">
            <TextInput
              name="title"
              label={t('title')}
              value={fields.title}
              onChange={(title) => onEdit({ title })}
              required
              fullWidth
            />
          </div>
          <div data-span="4">
            <TypeSelect value={fields.type} onChange={(type) => onEdit({ type })} />
          </div>
          <div data-span="3">
            <DateField
              name="collectedOn"
              label={t('collectedOn')}
              value={fields.collectedOn}
              onChange={(day) => onEdit({ collectedOn: day ?? today })}
              max={today}
              isRequired
            />
          </div>
          <div data-span="6">
            <ControlPicker
              name="assessments"
              label={t('proves')}
              value={fields.assessments}
              onChange={(assessments) => onEdit({ assessments })}
            />
          </div>
          <div data-span="3">
            <DateField
              name="validUntil"
              label={t('validUntil')}
              value={fields.validUntil}
              onChange={(validUntil) => onEdit({ validUntil })}
              min={fields.collectedOn}
              helperText={t('validUntilHelp')}
            />
          </div>
          <div data-span="3">
            <TextInput
              name="source"
              label={t('source')}
              value={fields.source}
              onChange={(source) => onEdit({ source })}
              helperText={t('sourceHelp')}
              fullWidth
            />
          </div>
          {requests.length > 0 && (
            <div>
              <SelectInput
                name="request"
                label={t('answers')}
                value={fields.request ?? ''}
                onChange={(id) =>
                  onEdit({
                    request: id || null,
                    ...(id && fields.type === '' && { type: requests.find((one) => one.id === id)?.type ?? '' }),
                  })
                }
                options={[
                  { value: '', label: t('answersNone') },
                  ...requests.map(({ id, label }) => ({ value: id, label })),
                ]}
                fullWidth
              />
            </div>
          )}
        </div>
      </FormIssues>
    </li>
  );
}

'use client';

import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useToast } from '../ui/toast';
import styles from './upload-area.module.css';
import { UploadRow } from './upload-row';
import { useUploads } from './use-uploads';

interface UploadAreaProps {
  /** `YYYY-MM-DD` by the server's clock. */
  today: string;
  limitMb: number;
  /** Open requests of the person, offered as what a file answers. */
  requests: readonly { id: string; label: string; type: string }[];
}

/** Drop files anywhere on the page, describe each in its row, submit all at once. */
export function UploadArea({ today, limitMb, requests }: UploadAreaProps) {
  const t = useTranslations('evidence.upload');
  const toast = useToast();
  const uploads = useUploads(today);
  const input = useRef<HTMLInputElement>(null);
  const isDragging = usePageDrop((files) => uploads.add(files));
  const isIncomplete = uploads.items.some(({ fields }) => fields.title.trim() === '' || fields.type === '');

  async function submit() {
    const count = await uploads.submitAll();
    if (count > 0) toast({ message: t('done', { count }) });
  }

  return (
    <div className={styles.area}>
      <div className={styles.drop} data-dragging={isDragging || undefined}>
        <UploadFileOutlined aria-hidden />
        <p>
          <strong>{t('drop')}</strong> {t('limits', { limit: limitMb })}
        </p>
        <input
          ref={input}
          type="file"
          multiple
          className="only-screen-reader"
          tabIndex={-1}
          aria-label={t('choose')}
          onChange={(event) => {
            uploads.add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <Button
          variant={uploads.items.length > 0 ? 'outlined' : 'contained'}
          color={uploads.items.length > 0 ? 'inherit' : 'primary'}
          onClick={() => input.current?.click()}
        >
          {t('choose')}
        </Button>
      </div>
      {isDragging && <div className={styles.curtain}>{t('letGo')}</div>}
      {uploads.items.length > 0 && (
        <>
          <ul className={styles.rows} aria-label={t('list')}>
            {uploads.items.map((item) => (
              <UploadRow
                key={item.key}
                item={item}
                today={today}
                requests={requests}
                onEdit={(change) => uploads.edit(item.key, change)}
                onRemove={() => uploads.remove(item.key)}
              />
            ))}
          </ul>
          <div className={styles.actions}>
            <Button
              variant="contained"
              color="primary"
              onClick={() => void submit()}
              loading={uploads.isSending}
              disabled={isIncomplete}
            >
              {t('submitAll', { count: uploads.items.length })}
            </Button>
            {isIncomplete && <span className={styles.hint}>{t('incomplete')}</span>}
          </div>
        </>
      )}
    </div>
  );
}

/** The whole page takes the drop; true while files hang over it. */
function usePageDrop(onFiles: (files: FileList) => void): boolean {
  const [isDragging, setDragging] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragging(false);
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      setDragging(false);
      take(event.dataTransfer.files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isDragging;
}

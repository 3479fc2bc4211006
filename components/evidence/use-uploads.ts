'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Problem } from '../api';
import { guessDay, guessType, titleOf } from './guess';
import { uploadFile, type UploadFields } from './upload-file';

export type PendingUpload = {
  key: string;
  file: File;
  fields: UploadFields;
  state: 'ready' | 'sending' | 'failed' | 'done';
  /** 0–1 while sending. */
  share: number;
  problem: Problem | null;
};

/** The server takes three files of one person at once. */
const AT_ONCE = 3;

/** Files chosen but not yet on the server. A failed one keeps its fields and its key: trying again is always safe. */
export function useUploads(today: string) {
  const router = useRouter();
  const [items, setItems] = useState<readonly PendingUpload[]>([]);
  const [isSending, setSending] = useState(false);

  const patch = (key: string, change: Partial<PendingUpload>) =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...change } : item)));

  function add(files: Iterable<File>, preset: Partial<UploadFields> = {}) {
    const added = [...files].map((file): PendingUpload => ({
      key: crypto.randomUUID(),
      file,
      state: 'ready',
      share: 0,
      problem: null,
      fields: {
        title: titleOf(file.name),
        type: guessType(file.name) ?? '',
        collectedOn: guessDay(file.name, today) ?? today,
        validUntil: null,
        source: '',
        assessments: [],
        request: null,
        ...preset,
      },
    }));
    setItems((all) => [...all, ...added]);
  }

  const edit = (key: string, change: Partial<UploadFields>) =>
    setItems((all) =>
      all.map((item) =>
        item.key === key ? { ...item, state: 'ready', problem: null, fields: { ...item.fields, ...change } } : item,
      ),
    );

  const remove = (key: string) => setItems((all) => all.filter((item) => item.key !== key));

  async function send(item: PendingUpload): Promise<boolean> {
    patch(item.key, { state: 'sending', share: 0, problem: null });
    try {
      await uploadFile(item.file, item.fields, item.key, (share) => patch(item.key, { share }));
      patch(item.key, { state: 'done', share: 1 });
      return true;
    } catch (error) {
      patch(item.key, {
        state: 'failed',
        problem: error instanceof Problem ? error : new Problem({ status: 0, code: 'UNKNOWN', title: '' }),
      });
      return false;
    }
  }

  /** Sends everything that is not on the server yet; answers how many arrived. What failed stays, what arrived leaves the list. */
  async function submitAll(): Promise<number> {
    setSending(true);
    const waiting = items.filter((item) => item.state !== 'done' && item.state !== 'sending');
    let arrived = 0;
    const worker = async () => {
      for (let item = waiting.shift(); item; item = waiting.shift()) if (await send(item)) arrived += 1;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    setItems((all) => all.filter((item) => item.state !== 'done'));
    setSending(false);
    if (arrived > 0) router.refresh();
    return arrived;
  }

  return { items, isSending, add, edit, remove, submitAll };
}

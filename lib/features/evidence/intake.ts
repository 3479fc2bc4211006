import { RefusedFile } from '@/lib/adapters/intake/inspector';
import { discardFile, type ReceivedFile, receiveFile } from '@/lib/adapters/intake/receive';
import { settings } from '@/lib/kernel/env';
import { AppError, message, type Message } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Intake } from '@/lib/web/upload';

/** How evidence files come in: judged, hashed, encrypted to the store, under the organisation's own folder. */
export const evidenceIntake: Intake<ReceivedFile> = {
  async receive(source, fileName, actor) {
    const limitMb = settings().UPLOAD_LIMIT_MB;
    try {
      const storageKey = `evidence/${actor.organisation.id}/${newId()}`;
      return await receiveFile(source, { storageKey, fileName, limitBytes: limitMb * 1_048_576 });
    } catch (error) {
      throw error instanceof RefusedFile ? refusal(error, fileName, limitMb) : error;
    }
  },
  discard: (file) => discardFile(file.storageKey),
  sha256Of: (file) => file.sha256,
};

function refusal({ problem, found }: RefusedFile, fileName: string, limitMb: number): AppError {
  const about = (sentence: Message, details: { status?: number; reason?: 'too-large' | 'unsupported-media' } = {}) =>
    new AppError('INVALID', sentence, { ...details, issues: [{ path: 'file', message: sentence }] });
  const media = { status: 415, reason: 'unsupported-media' } as const;
  switch (problem) {
    case 'too-large':
      return about(message('upload.tooLarge', { limit: limitMb }), { status: 413, reason: 'too-large' });
    case 'empty':
      return about('upload.empty');
    case 'not-accepted':
      return about(message('upload.kind', { found }), media);
    case 'disguised':
      return about(message('upload.disguised', { name: fileName, found }), media);
    case 'macros':
      return about(message('upload.macros', { name: fileName }), media);
    case 'packed':
      return about(message('upload.packed', { name: fileName }), media);
  }
}

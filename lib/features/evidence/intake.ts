import { discardFile, type ReceivedFile, receiveFile, RefusedFile } from '@/lib/adapters/intake/receive';
import { settings } from '@/lib/kernel/env';
import { AppError } from '@/lib/kernel/errors';
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
  const about = (message: string, details: { status?: number; reason?: 'too-large' | 'unsupported-media' } = {}) =>
    new AppError('INVALID', message, { ...details, issues: [{ path: 'file', message }] });
  switch (problem) {
    case 'too-large':
      return about(`Files may have up to ${limitMb} MB.`, { status: 413, reason: 'too-large' });
    case 'empty':
      return about('The file is empty.');
    case 'not-accepted':
      return about(
        `Files of this kind (${found}) are not taken. Use PDF, pictures, office files, text, CSV, JSON or ZIP.`,
        { status: 415, reason: 'unsupported-media' },
      );
    case 'disguised':
      return about(`The content of ${fileName} (${found}) does not fit its name.`, {
        status: 415,
        reason: 'unsupported-media',
      });
  }
}

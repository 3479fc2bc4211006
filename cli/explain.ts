import { AppError } from '@/lib/kernel/errors';
import { CommandFailure } from './failure';

/** What the command line shows of an error: a sentence for what was to be expected, everything for what was not. */
export async function explain(error: unknown): Promise<unknown> {
  if (error instanceof CommandFailure) return error.message;
  if (!(error instanceof AppError) || error.code === 'BUG') return error;
  const { englishOf } = await import('@/lib/web/problem');
  const fields = (error.issues ?? []).map(({ path, message }) => `  ${path}: ${englishOf(message)}`);
  return [englishOf(error.sentence), ...fields].join('\n');
}

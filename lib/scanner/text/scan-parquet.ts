import type { ByteSource } from '../byte-source';
import { parquetTexts } from '../formats/parquet';
import type { ScanContext } from '../scan-context';
import { PersonalDataCounter } from './personal-data';
import { scanSecrets } from './secrets';
import { scanText } from './text-dangers';

/** The text rules for every text column of a parquet file. */
export async function scanParquet(source: ByteSource, context: ScanContext): Promise<void> {
  const personal = new PersonalDataCounter();
  for (const text of parquetTexts(source, context)) {
    scanText(text, {}, context);
    await scanSecrets(text, context.name, {}, context);
    personal.add(text);
  }
  const summary = personal.summary();
  if (summary !== undefined)
    context.report({ ruleId: 'DAT-006', message: `The data holds ${summary}`, identity: 'personal data' });
}

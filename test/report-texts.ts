import german from '@/messages/de/reportDocument.json';
import germanTerms from '@/messages/de/terms.json';
import english from '@/messages/en/reportDocument.json';
import englishTerms from '@/messages/en/terms.json';
import { loadMessages } from '@/messages/load';
import type { ReportLocale } from '@/lib/domain/report/model';
import type { ReportTexts } from '@/lib/domain/report/texts';

/** The real words of the report, for tests below the features. */
export const REPORT_TEXTS: Record<ReportLocale, ReportTexts> = {
  en: { ...englishTerms, ...english, controlTitles: titles('en') },
  de: { ...germanTerms, ...german, controlTitles: titles('de') },
};

function titles(locale: ReportLocale): Record<string, string> {
  return loadMessages(locale).controlTitles as Record<string, string>;
}

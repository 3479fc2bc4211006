import german from '@/messages/de/reportDocument.json';
import germanTitles from '@/messages/de/controlTitles.json';
import germanTerms from '@/messages/de/terms.json';
import english from '@/messages/en/reportDocument.json';
import englishTitles from '@/messages/en/controlTitles.json';
import englishTerms from '@/messages/en/terms.json';
import type { ReportLocale } from '@/lib/domain/report/model';
import type { ReportTexts } from '@/lib/domain/report/texts';

/** The real words of the report, for tests below the features. */
export const REPORT_TEXTS: Record<ReportLocale, ReportTexts> = {
  en: { ...englishTerms, ...english, controlTitles: englishTitles },
  de: { ...germanTerms, ...german, controlTitles: germanTitles },
};

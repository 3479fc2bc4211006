const SOURCES: Record<string, string> = { nis2: '', cir2690: '2024/2690' };

/**
 * A catalogue id as a citation in the reader's language.
 * `nis2.21.2.d` → "Art. 21(2)(d)" or "Art. 21 Abs. 2 Buchst. d"; ids of other instruments name them.
 * An id that is no citation comes back unchanged.
 */
export function lawReference(id: string, locale: string): string {
  const [source = '', ...parts] = id.split('.');
  if (!(source in SOURCES) || parts.length === 0) return id;
  const article = locale.startsWith('de') ? german(parts) : english(parts);
  return [article, SOURCES[source]].filter(Boolean).join(' ');
}

function english([article = '', ...rest]: string[]): string {
  return `Art. ${article.replace('-', '–')}${rest.map((part) => `(${part})`).join('')}`;
}

function german([article = '', paragraph, point]: string[]): string {
  const parts = [`Art. ${article.replace('-', '–')}`];
  if (paragraph) parts.push(`Abs. ${paragraph}`);
  if (point) parts.push(`Buchst. ${point}`);
  return parts.join(' ');
}

/** What may be stored as evidence, by extension. Nothing that a browser would run (HTML, SVG, scripts). */
export type Accepted = {
  mediaType: string;
  /** Types the first bytes may show; empty for text, which has no signature. */
  signatures: readonly string[];
  /** Shown in the page; everything else is only downloaded. */
  isPreviewed?: true;
  /** A ZIP archive inside, whose directory is looked at. */
  isPackage?: true;
};

const office = (mediaType: string): Accepted => ({
  mediaType,
  signatures: [mediaType, 'application/zip', 'application/x-cfb'],
  isPackage: true,
});
const text = (mediaType: string): Accepted => ({ mediaType, signatures: [] });

export const acceptedTypes: Readonly<Record<string, Accepted>> = {
  pdf: { mediaType: 'application/pdf', signatures: ['application/pdf'], isPreviewed: true },
  png: { mediaType: 'image/png', signatures: ['image/png', 'image/apng'], isPreviewed: true },
  jpg: { mediaType: 'image/jpeg', signatures: ['image/jpeg'], isPreviewed: true },
  jpeg: { mediaType: 'image/jpeg', signatures: ['image/jpeg'], isPreviewed: true },
  webp: { mediaType: 'image/webp', signatures: ['image/webp'], isPreviewed: true },
  docx: office('application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
  xlsx: office('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  pptx: office('application/vnd.openxmlformats-officedocument.presentationml.presentation'),
  odt: office('application/vnd.oasis.opendocument.text'),
  ods: office('application/vnd.oasis.opendocument.spreadsheet'),
  zip: { mediaType: 'application/zip', signatures: ['application/zip'], isPackage: true },
  txt: text('text/plain'),
  log: text('text/plain'),
  md: text('text/plain'),
  csv: text('text/csv'),
  json: text('application/json'),
  sarif: text('application/json'),
  eml: text('message/rfc822'),
};

export function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

export function isPreviewed(mediaType: string): boolean {
  return Object.values(acceptedTypes).some((type) => type.mediaType === mediaType && type.isPreviewed);
}

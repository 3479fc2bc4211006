const DRIVE = /^[A-Za-z]:/;

/** True for names that would be written outside the folder an archive is unpacked into. */
export function isEscapingName(name: string): boolean {
  const path = name.replaceAll('\\', '/');
  return path.startsWith('/') || DRIVE.test(path) || path.split('/').includes('..') || path.includes('\0');
}

const LINK_TYPE = 0o120000;
const TYPE_MASK = 0o170000;

export const isLinkMode = (mode: number): boolean => (mode & TYPE_MASK) === LINK_TYPE;

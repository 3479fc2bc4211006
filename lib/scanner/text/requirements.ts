/** One requirement of Python: a name and what follows it. */
export interface Requirement {
  /** Normalised as PEP 503 does. */
  name: string;
  /** The version clauses; empty when any version will do. */
  range: string;
  /** 1-based. */
  line: number;
}

/** Everything that Python's `str.splitlines` takes for a line end, which is what pip uses. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const LINE_END = /\r\n|[\n\r\v\f\u001C-\u001E\u0085\u2028\u2029]/;
const NAMED = /^([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(@?)/;
const ARCHIVE = /([^/\\=\s]{3,300})\.(whl|tar\.gz|zip)(?=$|[#?\s])/;

/** Reads a requirements file as pip does: joined lines, comments and options cut off. Source: pip's req_file.py. */
export function readRequirements(text: string): Requirement[] {
  const requirements: Requirement[] = [];
  for (const { text: row, line } of joinedLines(text)) {
    const requirement = readRequirement(row, line);
    if (requirement !== undefined) requirements.push(requirement);
  }
  return requirements;
}

/** One requirement as PEP 508 writes it, or the address of an archive; undefined for options and for anything else. */
export function readRequirement(text: string, line: number): Requirement | undefined {
  const row = text.replace(/(?:^|\s)#.*$/, '').trim();
  const [head = '', name, at] = NAMED.exec(row) ?? [];
  const isAddress = at === '@' || /^(?:-e\s|--editable|[a-z+]{2,20}:\/\/|file:|[./\\])/i.test(row);
  if (isAddress || name === undefined) return isAddress ? readArchive(row, line) : undefined;
  const [range = ''] = row.slice(head.length).split(/;|\s--/, 1);
  return { name: normaliseName(name), range: range.replaceAll(/[\s()]+/g, ' ').trim(), line };
}

export const normaliseName = (name: string): string => name.toLowerCase().replaceAll(/[._-]+/g, '-');

/** Wheels and source archives carry name and version in their file name (PEP 427, PEP 625). */
function readArchive(row: string, line: number): Requirement | undefined {
  const [, stem = '', kind] = ARCHIVE.exec(row) ?? [];
  const parts = stem.split('-');
  const versionAt = kind === 'whl' ? 1 : parts.length - 1;
  if (versionAt < 1 || !/^\d/.test(parts[versionAt] ?? '')) return undefined;
  return { name: normaliseName(parts.slice(0, versionAt).join('-')), range: `==${parts[versionAt]}`, line };
}

/** A backslash at the end of a line joins the next one, unless the line is a comment. */
function* joinedLines(text: string): Generator<{ text: string; line: number }> {
  let pending = '';
  let first = 0;
  for (const [index, row] of text.split(LINE_END).entries()) {
    const isComment = /^\s*#/.test(row);
    if (pending === '') first = index + 1;
    if (row.endsWith('\\') && !isComment) {
      pending += row.slice(0, -1) || ' ';
      continue;
    }
    yield { text: pending + (isComment ? ' ' : '') + row, line: first };
    pending = '';
  }
  if (pending !== '') yield { text: pending, line: first };
}

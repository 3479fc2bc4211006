import type { ScanContext } from '../scan-context';

/** Code that a model brings along; ordinary source trees are not this scanner's business. */
const MODEL_CODE =
  /(?:^|\/)(?:modeling|configuration|tokenization|processing|feature_extraction|image_processing)_\w+\.py$/;
const WHEEL = /\.(?:whl|egg|tar\.gz)$/;

export function isModelCode(context: ScanContext, artifactPath: string): boolean {
  const isMember = context.memberPath.length > 0 && !WHEEL.test(artifactPath);
  return context.name.endsWith('.py') && (isMember || MODEL_CODE.test(context.name));
}

/** A syntax tree takes forty times the room of its source, and no model's code is this long. */
const MAX_SOURCE = 1 << 21;
/** PEP 263: a comment in one of the first two lines names the encoding. */
const ENCODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const PLAIN_ENCODING =
  /^(?:utf[-_]?8(?:[-_]sig)?|ascii|us[-_]ascii|latin[-_]?1|iso[-_]?8859[-_]\d+|cp125\d|windows[-_]125\d)$/i;

/** PYC-001: dangerous calls, HIGH when they run at import. */
export async function scanModelCode(source: string, context: ScanContext): Promise<void> {
  const encoding = declaredEncoding(source);
  if (encoding !== undefined && !PLAIN_ENCODING.test(encoding))
    context.report({
      ruleId: 'PYC-001',
      severity: 'HIGH',
      message: `The code is written in ${encoding}, which hides it`,
    });
  if (source.length > MAX_SOURCE)
    context.reportLimit(`Of Python code only the first ${MAX_SOURCE} characters are read`);
  const { findPythonCalls } = await import('./python-source');
  for (const { name, line, isAtImport } of findPythonCalls(source.slice(0, MAX_SOURCE), () => context.isExpired())) {
    context.report({
      ruleId: 'PYC-001',
      severity: isAtImport ? 'HIGH' : 'MEDIUM',
      message: `${name} is called ${isAtImport ? 'when the file is imported' : 'in a function'}`,
      location: { line },
      evidence: { callable: name },
    });
  }
}

function declaredEncoding(source: string): string | undefined {
  const lines = source.slice(0, 2000).split(/\r\n|[\r\n]/, 2);
  return lines.map((line) => ENCODING.exec(line)?.[1]).find((encoding) => encoding !== undefined);
}

/** `trust_remote_code=True` runs whatever the repository holds at that moment. */
export function scanRemoteCodeSwitch(
  source: string,
  context: ScanContext,
  place: { line?: number; cell?: number },
): void {
  const index = source.search(/\btrust_remote_code\s*=\s*True\b/);
  if (index < 0) return;
  const line = (place.line ?? 1) + source.slice(0, index).split('\n').length - 1;
  context.report({
    ruleId: 'TRC-001',
    message: 'Code is loaded from the model’s repository',
    location: { ...place, line },
  });
}

import type { ScanContext } from '../scan-context';

/** Code that a model brings along; ordinary source trees are not this scanner's business. */
const MODEL_CODE =
  /(?:^|\/)(?:modeling|configuration|tokenization|processing|feature_extraction|image_processing)_\w+\.py$/;
const WHEEL = /\.(?:whl|egg|tar\.gz)$/;

export function isModelCode(context: ScanContext, artifactPath: string): boolean {
  const isMember = context.memberPath.length > 0 && !WHEEL.test(artifactPath);
  return context.name.endsWith('.py') && (isMember || MODEL_CODE.test(context.name));
}

/** PYC-001: dangerous calls, HIGH when they run at import. */
export async function scanModelCode(source: string, context: ScanContext): Promise<void> {
  const { findPythonCalls } = await import('./python-source');
  for (const { name, line, isAtImport } of findPythonCalls(source, () => context.isExpired())) {
    context.report({
      ruleId: 'PYC-001',
      severity: isAtImport ? 'HIGH' : 'MEDIUM',
      message: `${name} is called ${isAtImport ? 'when the file is imported' : 'in a function'}`,
      location: { line },
      evidence: { callable: name },
    });
  }
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

import type { ScanContext } from '../scan-context';
import type { TextPlace } from './text-dangers';

/** Texts without any of these cannot hold a secret the rules know, so the rules need not be loaded. */
const PREFILTER =
  /AKIA|ASIA|aws.{0,20}(?:secret|key)|-----BEGIN|xox[abprs]-|gh[pousr]_|github_pat_|glpat-|npm_|sk-|AIza|"private_key"|hooks\.slack|SG\.|shpat_|https?:\/\/[^\s:@/]+:[^\s:@/]+@|mongodb(?:\+srv)?:\/\/|postgres(?:ql)?:\/\/|mysql:\/\/|lin_api_|op_|hf_|AccountKey=|_authToken|figd_|dapi|secret_/i;
const OWN_RULES: readonly (readonly [string, RegExp])[] = [['Hugging Face token', /\bhf_[A-Za-z]{34}\b/g]];
const GRAVE = /PrivateKey|PRIVATE_KEY|AWS|GCP|privatekey|azure|AccountKey/i;

/** Texts that may hold a secret are given to secretlint's rules; the secret itself never leaves this function. */
export async function scanSecrets(
  text: string,
  fileName: string,
  place: TextPlace,
  context: ScanContext,
): Promise<void> {
  if (!PREFILTER.test(text)) return;
  for (const [name, pattern] of OWN_RULES) {
    for (const match of text.matchAll(pattern)) report(name, false, text, match.index, match[0].length, place, context);
  }
  const { lintSecrets } = await import('./secret-rules');
  for (const { rule, messageId, start, end } of await lintSecrets(text, fileName)) {
    const isGrave = GRAVE.test(rule) || GRAVE.test(messageId);
    report(
      `${rule.replace('@secretlint/secretlint-rule-', '')} ${messageId}`,
      isGrave,
      text,
      start,
      end - start,
      place,
      context,
    );
  }
}

function report(
  name: string,
  isGrave: boolean,
  text: string,
  index: number,
  length: number,
  { line, cell, row }: TextPlace,
  context: ScanContext,
): void {
  const lines = text.slice(0, index).split('\n').length - 1;
  context.report({
    ruleId: 'NBK-001',
    severity: isGrave ? 'CRITICAL' : undefined,
    message: `A secret stands here: ${name} (${length} characters)`,
    location: {
      ...(cell === undefined ? { line: (line ?? 1) + lines } : { cell, line: lines + 1 }),
      ...(row === undefined ? {} : { row }),
    },
    evidence: { snippetRedacted: `${name}, ${length} characters` },
    identity: `${name} ${length} ${text
      .slice(text.lastIndexOf('\n', index) + 1, index)
      .trim()
      .slice(-60)}`,
  });
}

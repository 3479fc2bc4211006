import type { ScanContext } from '../scan-context';
import { LineCounter } from './line-counter';
import type { TextPlace } from './text-dangers';

/** Texts without any of these cannot hold a secret the rules know, so the rules need not be loaded. */
const PREFILTER =
  /AKIA|ASIA|aws.{0,20}(?:secret|key)|-----BEGIN|xox[abprs]-|gh[pousr]_|github_pat_|glpat-|npm_|sk-|AIza|"private_key"|hooks\.slack|SG\.|shpat_|https?:\/\/[^\s:@/]+:[^\s:@/]+@|mongodb(?:\+srv)?:\/\/|postgres(?:ql)?:\/\/|mysql:\/\/|lin_api_|op_|hf_|AccountKey=|_authToken|figd_|dapi|secret_/i;
const OWN_RULES: readonly (readonly [string, RegExp])[] = [['Hugging Face token', /\bhf_[A-Za-z]{34}\b/g]];
/** What stands before a secret on its line tells it from others; so much of it is looked at. */
const MAX_BEFORE = 200;
const GRAVE = /PrivateKey|PRIVATE_KEY|AWS|GCP|privatekey|azure|AccountKey/i;

/** Texts that may hold a secret are given to secretlint's rules; the secret itself never leaves this function. */
export async function scanSecrets(
  text: string,
  fileName: string,
  place: TextPlace,
  context: ScanContext,
): Promise<void> {
  if (!PREFILTER.test(text)) return;
  const lines = new LineCounter(text);
  for (const [name, pattern] of OWN_RULES) {
    for (const match of text.matchAll(pattern)) {
      if (context.isExpired()) return;
      report({ name, isGrave: false, index: match.index, length: match[0].length }, text, lines, place, context);
    }
  }
  const { lintSecrets } = await import('./secret-rules');
  for (const { rule, messageId, start, end } of await lintSecrets(text, fileName)) {
    if (context.isExpired()) return;
    const name = `${rule.replace('@secretlint/secretlint-rule-', '')} ${messageId}`;
    const isGrave = GRAVE.test(rule) || GRAVE.test(messageId);
    report({ name, isGrave, index: start, length: end - start }, text, lines, place, context);
  }
}

interface Secret {
  name: string;
  isGrave: boolean;
  index: number;
  length: number;
}

function report(
  { name, isGrave, index, length }: Secret,
  text: string,
  counter: LineCounter,
  { line, cell, row }: TextPlace,
  context: ScanContext,
): void {
  const lines = counter.before(index);
  const before = text.slice(Math.max(0, index - MAX_BEFORE), index);
  context.report({
    ruleId: 'NBK-001',
    severity: isGrave ? 'CRITICAL' : undefined,
    message: `A secret stands here: ${name} (${length} characters)`,
    location: {
      ...(cell === undefined ? { line: (line ?? 1) + lines } : { cell, line: lines + 1 }),
      ...(row === undefined ? {} : { row }),
    },
    evidence: { snippetRedacted: `${name}, ${length} characters` },
    identity: `${name} ${length} ${before
      .slice(before.lastIndexOf('\n') + 1)
      .trim()
      .slice(-60)}`,
  });
}

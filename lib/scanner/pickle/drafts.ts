import type { FindingDraft } from '../scan-context';

/** Different findings of one rule and severity in one stream; far more than anyone reads. */
const MOST_OF_A_KIND = 1_000;

/** The findings of one run, each once: a stream of a few bytes may repeat the same call thirty million times. */
export class Drafts {
  private readonly byKey = new Map<string, FindingDraft>();
  private readonly counts = new Map<string, number>();

  get all(): FindingDraft[] {
    return [...this.byKey.values()];
  }

  report(draft: FindingDraft): void {
    const { ruleId, severity, message, evidence, identity } = draft;
    const kind = `${ruleId} ${severity}`;
    const count = this.counts.get(kind) ?? 0;
    if (count >= MOST_OF_A_KIND) return;
    const key = [kind, evidence?.callable ?? message, evidence?.argsShape, identity].join(' ');
    if (this.byKey.has(key)) return;
    this.byKey.set(key, draft);
    this.counts.set(kind, count + 1);
  }
}

import type { FindingDraft } from '../scan-context';

interface Danger {
  readonly draft: FindingDraft;
  /** How often the stream took the name up, and how often only to make a harmless call. */
  taken: number;
  spent: number;
}

/** Dangerous names that are only named: a later step of the program may call them. */
export class NamedDangers {
  private readonly byLabel = new Map<string, Danger>();

  name(label: string, draft: FindingDraft): void {
    const { taken, spent } = this.byLabel.get(label) ?? { taken: 0, spent: 0 };
    this.byLabel.set(label, { draft, taken: taken + 1, spent });
  }

  takeAgain(label: string): void {
    const danger = this.byLabel.get(label);
    if (danger !== undefined) danger.taken += 1;
  }

  /** The name was called with arguments that make it harmless. */
  spend(label: string): void {
    const danger = this.byLabel.get(label);
    if (danger !== undefined) danger.spent += 1;
  }

  /** The call itself has a finding. */
  forget(label: string): void {
    this.byLabel.delete(label);
  }

  report(report: (draft: FindingDraft) => void): void {
    for (const { draft, taken, spent } of this.byLabel.values()) if (taken > spent) report(draft);
    this.byLabel.clear();
  }
}

import { HOLDS_REFERENCE, HOLDS_TAINT, objectIndex, objectValue, type Value } from './values';

/** How far a callable's answer can be trusted. */
export type Trust = 'allowed' | 'unknown' | 'denied';

export type ReferenceKind = 'global' | 'extension' | 'computed' | 'result' | 'instance';

/** Something a pickle can call, build or pass on: a name it resolved, or what a call answered. */
export interface Reference {
  kind: ReferenceKind;
  /** `module` and `name` as the stream spells them; empty for computed names. */
  module: string;
  name: string;
  /** The name for people, for example `os.system` or `numpy.dtype()`. */
  label: string;
  trust: Trust;
  /** What the observer wants to remember of a call, for example the element type of a numpy dtype. */
  note?: string;
}

/** More distinct names than any honest pickle has; the machine stops there and says so. */
const MAX_REFERENCES = 1_000_000;

/** The table of distinct references of one stream; equal references share one entry. */
export class ReferenceTable {
  private readonly entries: Reference[] = [];
  private readonly indexByKey = new Map<string, number>();

  /** @param most how many distinct references are kept before the table calls itself full. */
  constructor(private readonly most = MAX_REFERENCES) {}

  get isFull(): boolean {
    return this.entries.length >= this.most;
  }

  intern(reference: Reference): Value {
    const { kind, trust, label, note = '' } = reference;
    const key = `${kind} ${trust} ${label} ${note}`;
    let index = this.indexByKey.get(key);
    if (index === undefined) {
      index = this.entries.push(reference) - 1;
      this.indexByKey.set(key, index);
    }
    return objectValue(index);
  }

  /** `undefined` for values that are not references. */
  get(value: Value): Reference | undefined {
    return value < 0 ? this.entries[objectIndex(value)] : undefined;
  }

  holds(value: Value): number {
    const reference = this.entries[objectIndex(value)];
    const isTainted = reference?.kind === 'result' && reference.trust !== 'allowed';
    return isTainted ? HOLDS_TAINT : HOLDS_REFERENCE;
  }
}

/** The reference a call leaves on the stack; calls on results keep the first name so that labels stay short. */
export function resultOf(
  callable: Reference | undefined,
  kind: 'result' | 'instance',
  trust: Trust,
  note?: string,
): Reference {
  const root = callable?.label ?? '?';
  const label = root.endsWith('()') ? root : `${root}()`;
  return { kind, module: callable?.module ?? '', name: callable?.name ?? '', label, trust, note };
}

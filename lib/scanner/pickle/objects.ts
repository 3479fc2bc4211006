import { HOLDS_LITERAL, HOLDS_REFERENCE, HOLDS_TAINT, objectIndex, objectValue, type Value } from './values';

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
  /** The result is data made of literals, so a call that gets it gets literals. */
  isData?: boolean;
  /** The observer wants to hear each time the stream takes it from the memo. */
  isWatched?: boolean;
  /** What has happened to the object since it was made. */
  touched?: Touched;
}

/** Items were put into an object. */
export const FILLED = 1;
/** It has a state, or there is a second way to it: what comes next may call what was put into it. */
export const SHARED = 2;
export type Touched = typeof FILLED | typeof SHARED;

/** More distinct names than any honest pickle has; the machine stops there and says so. */
const MAX_REFERENCES = 1_000_000;

/** The table of distinct references of one stream; equal references share one entry. */
export class ReferenceTable {
  private readonly entries: Reference[] = [];
  private readonly indexByKey = new Map<string, number>();
  private readonly touchedForms = new Map<number, Value>();

  /** @param most how many distinct references are kept before the table calls itself full. */
  constructor(private readonly most = MAX_REFERENCES) {}

  get isFull(): boolean {
    return this.entries.length >= this.most;
  }

  intern(reference: Reference): Value {
    const { kind, trust, label, note = '', isData = false, touched = 0 } = reference;
    const key = `${kind} ${trust} ${label} ${note} ${isData} ${touched}`;
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

  /** The same object, marked; names and values that are no objects stay as they are. */
  touch(value: Value, touched: Touched): Value {
    const reference = this.get(value);
    if (reference === undefined || (reference.kind !== 'result' && reference.kind !== 'instance')) return value;
    if ((reference.touched ?? 0) >= touched || this.isFull) return value;
    const key = objectIndex(value) * 4 + touched;
    let form = this.touchedForms.get(key);
    if (form === undefined) {
      form = this.intern({ ...reference, touched });
      this.touchedForms.set(key, form);
    }
    return form;
  }

  holds(value: Value): number {
    const reference = this.entries[objectIndex(value)];
    if (reference?.kind === 'result' && reference.trust !== 'allowed') return HOLDS_TAINT;
    return reference?.isData === true ? HOLDS_REFERENCE | HOLDS_LITERAL : HOLDS_REFERENCE;
  }
}

/** The reference a call leaves on the stack; calls on results keep the first name so that labels stay short. */
export function resultOf(
  callable: Reference | undefined,
  kind: 'result' | 'instance',
  { trust, note, isData }: Pick<Reference, 'trust' | 'note' | 'isData'>,
): Reference {
  const root = callable?.label ?? '?';
  const label = root.endsWith('()') ? root : `${root}()`;
  return { kind, module: callable?.module ?? '', name: callable?.name ?? '', label, trust, note, isData };
}

import {
  isLiteral,
  isObject,
  LITERAL_BASE,
  literalOffset,
  memoForm,
  objectIndex,
  objectValue,
  type Value,
} from './values';

const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
/** Keys may run this far ahead of the number of entries before they go to the sparse table. */
const DENSE_SLACK = 1 << 16;
const MAX_SPARSE = 1 << 20;

/** Cell layouts: 0 = free, then constants, then references, then the distance of a literal from the page's base. */
const REFERENCES_AT = 64;
const NARROW_REFERENCES = 4032;
const NARROW_LITERALS_AT = REFERENCES_AT + NARROW_REFERENCES;
const WIDE_REFERENCES = 1 << 24;
const WIDE_LITERALS_AT = REFERENCES_AT + WIDE_REFERENCES;

class Page {
  private cells: Uint16Array | Uint32Array = new Uint16Array(PAGE_SIZE);
  private base = -1;

  get(slot: number): Value | undefined {
    const cell = this.cells[slot]!;
    if (cell === 0) return undefined;
    if (cell < REFERENCES_AT) return cell - 1;
    const literalsAt = this.cells.BYTES_PER_ELEMENT === 2 ? NARROW_LITERALS_AT : WIDE_LITERALS_AT;
    return cell < literalsAt ? objectValue(cell - REFERENCES_AT) : LITERAL_BASE + this.base + cell - literalsAt;
  }

  /** False when the value does not fit this page's layout at all. */
  set(slot: number, value: Value): boolean {
    if (this.base < 0 && isLiteral(value)) this.base = Math.max(0, literalOffset(value) - 256);
    let cell = this.encode(value, this.cells.BYTES_PER_ELEMENT === 2);
    if (cell === undefined && this.cells.BYTES_PER_ELEMENT === 2) {
      this.widen();
      cell = this.encode(value, false);
    }
    // An older value must not stay where the new one does not fit.
    this.cells[slot] = cell ?? 0;
    return cell !== undefined;
  }

  private encode(value: Value, isNarrow: boolean): number | undefined {
    if (isObject(value)) {
      const index = objectIndex(value);
      return index < (isNarrow ? NARROW_REFERENCES : WIDE_REFERENCES) ? REFERENCES_AT + index : undefined;
    }
    if (!isLiteral(value)) return value + 1;
    const distance = literalOffset(value) - this.base;
    const literalsAt = isNarrow ? NARROW_LITERALS_AT : WIDE_LITERALS_AT;
    const room = (isNarrow ? 2 ** 16 : 2 ** 32) - literalsAt;
    return distance >= 0 && distance < room ? literalsAt + distance : undefined;
  }

  private widen(): void {
    this.cells = Uint32Array.from(this.cells, (cell) =>
      cell < NARROW_LITERALS_AT ? cell : cell - NARROW_LITERALS_AT + WIDE_LITERALS_AT,
    );
  }
}

/**
 * The unpickler's memo in two bytes an entry where entries lie close together, four otherwise. `length` counts the
 * keys in use, as `memo_len` of _pickle.c does: it is the key MEMOIZE takes.
 */
export class Memo {
  length = 0;
  /** True once the sparse table is full; the machine must stop. */
  isExhausted = false;
  private readonly pages: Page[] = [];
  private readonly sparse = new Map<number, Value>();

  /** @param mostSparse how many keys may run far ahead of the others. */
  constructor(private readonly mostSparse = MAX_SPARSE) {}

  get(key: number): Value | undefined {
    return this.pages[Math.floor(key / PAGE_SIZE)]?.get(key % PAGE_SIZE) ?? this.sparse.get(key);
  }

  set(key: number, value: Value): void {
    const form = memoForm(value);
    const isNew = this.get(key) === undefined;
    this.sparse.delete(key);
    const isDense = key <= this.length + DENSE_SLACK;
    if (!isDense || !this.pageFor(key).set(key % PAGE_SIZE, form)) this.setSparse(key, form);
    if (isNew) this.length += 1;
  }

  private pageFor(key: number): Page {
    const number = Math.floor(key / PAGE_SIZE);
    while (this.pages.length <= number) this.pages.push(new Page());
    return this.pages[number]!;
  }

  private setSparse(key: number, value: Value): void {
    if (this.sparse.size >= this.mostSparse) this.isExhausted = true;
    else this.sparse.set(key, value);
  }
}

/** A stretch of a text as editors count: in UTF-16 units, lines and columns from 1. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
  /** Line of `start`. */
  readonly line: number;
  /** Column of `start` in its line. */
  readonly column: number;
}

/** The place between two offsets into the UTF-8 bytes of the text, which is how Cedar counts. */
export function placeIn(text: string, bytes: { readonly start: number; readonly end: number }): TextPlace {
  const encoded = Buffer.from(text);
  const before = encoded.toString('utf8', 0, bytes.start);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    start: before.length,
    end: before.length + encoded.toString('utf8', bytes.start, bytes.end).length,
    line: before.split('\n').length,
    column: before.length - lineStart + 1,
  };
}

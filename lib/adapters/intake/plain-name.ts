/** Characters that turn the reading direction: with them `fdp.exe` can look like `exe.pdf`. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROL = /\p{Cc}/gu;

/** A file's name without folders, control characters and direction marks, in the form that equal-looking names share. */
export function plainName(given: string): string {
  const name = given.replaceAll(DIRECTION, '').replaceAll(CONTROL, '').normalize('NFC');
  return (name.split(/[\\/]/).at(-1) ?? '').trim();
}

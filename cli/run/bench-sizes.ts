import type { BenchSizes } from '@/bench/row';
import { CommandFailure } from '../failure';

type SizeValue = number | string | readonly string[];

/**
 * Reads `--size name=value` for one benchmark. Counts are whole and at least 1, numbers at least 0, texts not empty,
 * names known and with commas between them.
 *
 * @throws CommandFailure when a size does not exist, is given twice or is not of its kind; the message lists what there is.
 */
export function readSizes(benchmark: string, given: readonly string[], sizes: BenchSizes): Record<string, SizeValue> {
  const read: Record<string, SizeValue> = {};
  for (const pair of given) {
    const [name = '', ...rest] = pair.split('=');
    if (!Object.hasOwn(sizes, name) || rest.length === 0)
      throw new CommandFailure(`${pair} is no size of ${benchmark}. ${listSizes(benchmark, sizes)}`);
    if (Object.hasOwn(read, name)) throw new CommandFailure(`The size ${name} is given twice.`);
    read[name] = readValue(name, rest.join('='), sizes);
  }
  return read;
}

function readValue(name: string, text: string, sizes: BenchSizes): SizeValue {
  const size = sizes[name]!;
  if (size.kind === 'names') return readNames(name, text, size.of);
  const { kind } = size;
  if (kind === 'text') {
    if (text === '') throw new CommandFailure(`The size ${name} needs a text.`);
    return text;
  }
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (kind === 'number' && Number.isFinite(value)) return value;
  if (kind === 'whole' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new CommandFailure(
    `The size ${name} is ${kind === 'whole' ? 'a whole number of at least 1' : 'a number of at least 0'}.`,
  );
}

function readNames(name: string, text: string, known: readonly string[]): readonly string[] {
  const names = text.split(',');
  const unknown = names.find((one) => !known.includes(one));
  if (unknown === undefined) return names;
  throw new CommandFailure(`The size ${name} has no ${unknown || 'empty name'}. There are: ${known.join(', ')}`);
}

function listSizes(benchmark: string, sizes: BenchSizes): string {
  const list = Object.entries(sizes).map(([name, size]) => {
    const names = size.kind === 'names' ? `, with commas between them: ${size.of.join(', ')}` : '';
    return `  ${name}: ${size.help}${names}`;
  });
  return list.length === 0 ? `${benchmark} has no sizes.` : `Its sizes, as name=value:\n${list.join('\n')}`;
}

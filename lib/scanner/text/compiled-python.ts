import type { ScanContext } from '../scan-context';

const COMPILED_NAMES =
  /(?:subprocess|os\.system|posix|popen|socket|marshal|__import__|exec|eval|ctypes)(?![A-Za-z0-9_])/;

/** Compiled Python cannot be read as source; its name table stands in it as plain text. */
export function scanCompiledPython(bytes: Uint8Array, context: ScanContext): void {
  context.recognise('pyc');
  const text = Buffer.from(bytes).toString('latin1');
  const name = COMPILED_NAMES.exec(text)?.[0];
  if (name === undefined) return;
  context.report({ ruleId: 'PYC-001', message: `Compiled Python names ${name}`, evidence: { callable: name } });
}

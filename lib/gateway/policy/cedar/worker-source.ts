/**
 * The whole program of the Cedar thread, started from this text.
 *
 * It is text rather than a file so that it runs the same from source (tsx, Vitest) and from any bundle: there is
 * no second file to emit, copy or resolve. It loads the Cedar package from the path given in `workerData`, so the
 * package (its glue and its .wasm) must be installed beside a bundle and never be bundled itself; with esbuild:
 * `external: ['@cedar-policy/cedar-wasm']`, output format ESM (for `import.meta.url` in worker-channel.ts).
 *
 * The package moves everything through the global `JSON` as text, which would round 64-bit integers to doubles.
 * This thread runs nothing else, so it replaces the two functions by versions that carry longs as bigint.
 */
export const WORKER_SOURCE = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');

// A mark no input can contain, because it is made anew in every thread.
const mark = 'long-' + require('node:crypto').randomUUID() + ':';
const marked = new RegExp('"' + mark + '(-?[0-9]+)"', 'g');
const stringOrLong = /"(?:[^"\\\\]|\\\\.)*"|-?[0-9]{16,}/g;
const { parse, stringify } = JSON;

BigInt.prototype.toJSON = function () {
  return mark + this;
};
JSON.stringify = (value) => {
  const text = stringify(value);
  return text.includes(mark) ? text.replace(marked, '$1') : text;
};
JSON.parse = (text) => {
  let hasLong = false;
  const markedText = text.replace(stringOrLong, (token) => {
    if (token[0] === '"') return token;
    hasLong = true;
    return '"' + mark + token + '"';
  });
  if (!hasLong) return parse(text);
  return parse(markedText, (key, value) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    const long = BigInt(value.slice(mark.length));
    return Number.isSafeInteger(Number(long)) ? Number(long) : long;
  });
};

const cedar = require(workerData.modulePath);

parentPort.on('message', ({ id, calls }) => {
  // After a trap the WebAssembly instance is in an unknown state; the owner must replace this thread.
  let hasTrapped = false;
  const results = calls.map(([method, ...args]) => {
    try {
      return { value: cedar[method](...args) };
    } catch (error) {
      hasTrapped ||= error instanceof WebAssembly.RuntimeError;
      return { thrown: String(error && error.message ? error.message : error) };
    }
  });
  parentPort.postMessage({ id, results, hasTrapped });
});
`;

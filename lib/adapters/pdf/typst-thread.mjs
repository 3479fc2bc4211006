/**
 * The thread in which Typst (WebAssembly) runs: one warm compiler, all templates and fonts loaded once.
 * Plain JavaScript, because it is loaded from disk as it is by the web server, the worker and the tests alike.
 *
 * In:  { template, data }        template = file name in templates/ without ".typ", data = JSON text
 * Out: { pdf, memoryBytes }      pdf is transferred, not copied
 *   or { error, isBroken }       isBroken = this thread must not be used again
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { CompileFormatEnum, createTypstCompiler } from '@myriaddreamin/typst.ts/compiler';
import { loadFonts } from '@myriaddreamin/typst.ts';
import * as typstModule from '@myriaddreamin/typst-ts-web-compiler';

const FONTS = [
  'inter/400Regular/Inter_400Regular.ttf',
  'inter/500Medium/Inter_500Medium.ttf',
  'inter/600SemiBold/Inter_600SemiBold.ttf',
  'source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  'source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
];

const require = createRequire(import.meta.url);
const readBytes = (name) => new Uint8Array(readFileSync(require.resolve(name)));

/** Text, tables and shapes in the report's fonts: what is set first pays for the compiling of the compiler. */
const WARM_UP = `
#set document(title: "Warm-up")
#set text(font: "Inter", lang: "en")
#heading[Warm-up]
#for size in range(8, 12) {
  text(font: "Source Serif 4", size: size * 1pt)[The quick brown fox jumps over the lazy dog, 0123456789 times.]
  table(columns: 4, table.header([A], [B], [C], [D]), ..range(240).map(n => [Überblick #n]))
  for n in range(120) { box(rect(width: 20pt, height: 8pt, fill: luma(200), stroke: 0.5pt)) }
}
`;

const templates = new Set();
const compilerReady = openCompiler();

parentPort.on('message', (request) => void render(request));

async function render({ template, data }) {
  try {
    const { compiler, memory } = await compilerReady;
    const pdf = await compile(compiler, template, data);
    answer({ pdf, memoryBytes: memory.buffer.byteLength }, [pdf.buffer]);
  } catch (error) {
    // After a trap the compiler's memory is in an unknown state; a mistake in a template leaves it as it was.
    answer({ error: error?.message ?? String(error), isBroken: error instanceof WebAssembly.RuntimeError });
  }
}

function answer(message, transfer) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage(message, transfer);
}

async function openCompiler() {
  const compiler = createTypstCompiler();
  const { memory } = await typstModule.default({
    module_or_path: readBytes('@myriaddreamin/typst-ts-web-compiler/wasm'),
  });
  await compiler.init({
    getWrapper: async () => typstModule,
    // Without `assets: false` fonts would be fetched from a public network.
    beforeBuild: [
      loadFonts(
        FONTS.map((font) => readBytes(`@expo-google-fonts/${font}`)),
        { assets: false },
      ),
    ],
  });
  const folder = new URL('./templates/', import.meta.url);
  for (const file of readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.typ')) continue;
    const name = file.replaceAll('\\', '/');
    templates.add(name);
    compiler.addSource(`/${name}`, readFileSync(new URL(name, folder), 'utf8'));
  }
  compiler.addSource('/warm-up.typ', WARM_UP);
  await compiler.compile({ mainFilePath: '/warm-up.typ', format: CompileFormatEnum.pdf });
  return { compiler, memory };
}

async function compile(compiler, template, data) {
  if (!templates.has(`${template}.typ`)) throw new Error(`There is no template ${template}`);
  const { result, diagnostics } = await compiler.compile({
    mainFilePath: `/${template}.typ`,
    format: CompileFormatEnum.pdf,
    inputs: { data },
    diagnostics: 'unix',
  });
  if (!result) throw new Error(`Template ${template} did not compile: ${(diagnostics ?? []).join('; ')}`);
  return result;
}

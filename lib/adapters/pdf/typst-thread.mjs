/**
 * The thread in which Typst (WebAssembly) runs: one warm compiler, all templates and fonts loaded once.
 * Plain JavaScript, because it is loaded from disk as it is by the web server, the worker and the tests alike.
 *
 * In:  { id, template, data }            template = file name in templates/ without ".typ", data = JSON text
 * Out: { id, pdf } or { id, error }      pdf is transferred, not copied
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

const templates = new Set();
const compilerReady = openCompiler();

/* oxlint-disable unicorn/require-post-message-target-origin -- the rule means windows, these are threads */
parentPort.on('message', async ({ id, template, data }) => {
  try {
    const pdf = await compile(await compilerReady, template, data);
    parentPort.postMessage({ id, pdf }, [pdf.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

/* oxlint-enable unicorn/require-post-message-target-origin */

async function openCompiler() {
  const compiler = createTypstCompiler();
  await compiler.init({
    // Both are given explicitly: the defaults resolve the module by URL and fetch fonts from a public network.
    getWrapper: async () => typstModule,
    getModule: () => ({ module_or_path: readBytes('@myriaddreamin/typst-ts-web-compiler/wasm') }),
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
  return compiler;
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

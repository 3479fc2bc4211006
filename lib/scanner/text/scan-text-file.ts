import type { ByteSource } from '../byte-source';
import type { Policy } from '../policy';
import type { ScanContext } from '../scan-context';
import { isModelSignature, SIGNATURE_FORMAT } from '../signing/signature-format';
import { isDependencyList, readDependencies, scanDependencies } from './dependencies';
import { scanMcp } from './mcp';
import { isTemplate, readConfig, scanModelConfig, scanTemplate } from './model-config';
import { isNotebook, scanNotebook } from './notebook';
import { PersonalDataCounter } from './personal-data';
import { isModelCode, scanModelCode, scanRemoteCodeSwitch } from './scan-python';
import { scanSecrets } from './secrets';
import { scanFormulas } from './spreadsheet';
import { scanText } from './text-dangers';
import { readText, textBlocks } from './text-stream';
import { scanYamlConfig } from './yaml-config';

const DATA = /\.(?:csv|tsv|jsonl|ndjson|parquet|arrow)$/i;
const YAML = /\.ya?ml$/i;
const DELIMITED = /\.(?:csv|tsv)$/i;
/** Source code talks about attacks without being one; people read it before it runs. */
const CODE =
  /\.(?:py|pyi|[cm]?[jt]sx?|java|go|rs|c|cc|cpp|h|hpp|cs|rb|php|sh|sql|css|scss|lock|svg|map|toml|ini|cfg|po)$/i;
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|vocab\.json|tokenizer\.json|merges\.txt|vocab\.txt)$/;

/** Text of any kind: documents, datasets, configuration, notebooks, source. */
export async function scanTextFile(source: ByteSource, policy: Policy, context: ScanContext): Promise<void> {
  const { name } = context;
  const isWhole = source.size <= context.limits.documentBytes;
  const value = isWhole ? readConfig(source, context) : undefined;
  if (isNotebook(value)) {
    await scanNotebook(value, context);
    return;
  }
  context.recognise(formatOf(value));
  if (value !== undefined) {
    scanModelConfig(value, context);
    scanMcp(value, context);
  } else if (isTemplate(name)) {
    scanTemplate(source, context);
  }
  if (!isWhole && (/\.(?:json|ipynb)$/i.test(name) || isReadWhole(context)))
    context.reportLimit(`Documents of more than ${context.limits.documentBytes} bytes are only read as text`);
  if (isReadWhole(context)) await scanWholeDocument(readText(source, context.limits.documentBytes), policy, context);
  const personal = DATA.test(name) ? new PersonalDataCounter() : undefined;
  for (const { text, line } of textBlocks(source)) {
    if (context.isExpired()) return;
    if (!LOCK_FILE.test(name)) await scanSecrets(text, name, { line }, context);
    if (!CODE.test(name) && !LOCK_FILE.test(name)) scanText(text, { line }, context);
    if (DELIMITED.test(name)) scanFormulas(text, line, context);
    if (CODE.test(name)) scanRemoteCodeSwitch(text, context, { line });
    personal?.add(text);
  }
  const summary = personal?.summary();
  if (summary !== undefined)
    context.report({ ruleId: 'DAT-006', message: `The data holds ${summary}`, identity: 'personal data' });
}

const CARD = /(?:^|\/)README\.md$/i;

/** Kinds whose parts only mean something together. */
const isReadWhole = (context: ScanContext): boolean =>
  YAML.test(context.name) ||
  CARD.test(context.name) ||
  isDependencyList(context.name) ||
  isModelCode(context, context.artifactPath);

async function scanWholeDocument(text: string, policy: Policy, context: ScanContext): Promise<void> {
  const { name } = context;
  if (YAML.test(name)) scanYamlConfig(text, context);
  if (isModelCode(context, context.artifactPath)) await scanModelCode(text, context);
  scanDependencies(readDependencies(name, text), context);
  if (!CARD.test(name) || !text.startsWith('---')) return;
  const { checkLicence, readModelCardLicence } = await import('./licence');
  const card = readModelCardLicence(text);
  if (card !== undefined) checkLicence(card.declared, policy, context);
}

function formatOf(value: unknown): string {
  if (value === undefined) return 'text';
  return isModelSignature(value) ? SIGNATURE_FORMAT : 'json';
}

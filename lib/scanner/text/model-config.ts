import { findTemplateEscape } from '../formats/template';
import type { ByteSource } from '../byte-source';
import { decodeJson, opensJson, parseJson } from '../formats/json';
import { isKerasConfig, scanKerasConfig } from '../formats/keras';
import type { ScanContext } from '../scan-context';
import { checkTarget } from './config-target';

const MAX_DEPTH = 100;
/** What Hydra, OmegaConf and Lightning import and call. */
export const TARGET_KEYS: ReadonlySet<string> = new Set(['_target_', '_target', 'class_path', '__target__']);

/** The files in which a tokenizer keeps its templates; templates of programs are source code. */
const TEMPLATE_NAME = /(?:^|\/)(?:chat_template[^/]*|additional_chat_templates\/[^/]+)\.(?:jinja2?|j2)$/i;
/** Keys that let a loader import or run something. */
const TELLING_KEY = /"(?:class_name|chat_template|auto_map|_target_)"\s*:/;

/** The value of a JSON document; undefined for other text. A damaged one that names classes or templates is told. */
export function readConfig(source: ByteSource, context: ScanContext): unknown {
  if (!opensJson(source)) return undefined;
  const text = decodeJson(source.read(0, source.size));
  const read = parseJson(text);
  if (read !== undefined) return read.value;
  // JSON lines are data: no loader builds a model from them.
  const isLines = parseJson(text.slice(0, text.indexOf('\n') + 1)) !== undefined;
  if (/\.json$/i.test(context.name) && !isLines && TELLING_KEY.test(text))
    context.reportUnreadable('The configuration is no valid JSON but names classes or templates');
  return undefined;
}

export const isTemplate = (name: string): boolean => TEMPLATE_NAME.test(name);

/** A chat template that stands in a file of its own. */
export function scanTemplate(source: ByteSource, context: ScanContext): void {
  if (source.size > context.limits.documentBytes) context.reportLimit('The chat template is too long to be read');
  else checkTemplate(Buffer.from(source.read(0, source.size)).toString('utf8'), 'The template', context);
}

/** Configuration of models in JSON: Keras, Hydra targets, remote code, chat templates. */
export function scanModelConfig(value: unknown, context: ScanContext): void {
  if (isKerasConfig(value)) scanKerasConfig(value, context);
  walk(value, context, 0);
}

function walk(value: unknown, context: ScanContext, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    context.reportLimit(`The configuration lies deeper than ${MAX_DEPTH} levels`);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string') {
      if (TARGET_KEYS.has(key)) checkTarget(item, context);
      if (key === 'chat_template' || key === 'template') checkTemplate(item, key, context);
    } else if (key === 'chat_template') {
      // Processors keep several templates by name.
      for (const [name, one] of Object.entries(item ?? {}))
        if (typeof one === 'string') checkTemplate(one, `chat_template ${name}`, context);
    }
    if (key === 'auto_map' && typeof item === 'object' && item !== null) {
      const targets = Object.values(item)
        .flat()
        .filter((one) => typeof one === 'string')
        .slice(0, 5)
        .join(', ');
      context.report({
        ruleId: 'TRC-001',
        message: `auto_map loads code of the repository: ${targets}`,
        identity: 'auto_map',
      });
    }
    walk(item, context, depth + 1);
  }
}

/** Reports a chat template that leaves its sandbox. */
export function checkTemplate(template: string, key: string, context: ScanContext): void {
  const escape = findTemplateEscape(template);
  if (escape === undefined) return;
  context.report({ ruleId: 'GGU-001', message: `${key} uses ${escape}`, cve: ['CVE-2024-34359'], identity: key });
}

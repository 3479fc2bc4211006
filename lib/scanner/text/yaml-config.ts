import { allowedShape, isKnownLibrary } from '../pickle/names';
import type { ScanContext } from '../scan-context';
import { checkTarget, isDangerousTarget } from './config-target';
import { checkTemplate, TARGET_KEYS } from './model-config';
import { yamlTokens } from './yaml-tokens';

const PYTHON_TAG = /^tag:yaml\.org,2002:python\/(object\/apply|object\/new|object|name|module):(.*)$/s;
const TEMPLATE_KEY = /^(?:chat_template|instruction_template|template)$/;
const INTERPOLATION = /\$\{(?:[^{}]*[.:])?(\w+)\}/g;
/** Extensions that the builders of documentation name by tags. */
const DOCUMENTATION = /^(?:pymdownx|material|materialx|mkdocs\w*|zensical)\./;
/** Tokens between two looks at the clock. */
const STRIDE = 4_096;

/** Hydra and OmegaConf targets, tags of PyYAML and chat templates in a YAML document. */
export function scanYamlConfig(text: string, context: ScanContext): void {
  const config = new YamlConfig(context);
  let count = 0;
  for (const token of yamlTokens(text)) {
    count += 1;
    if (count % STRIDE === 0 && context.isExpired()) return;
    config.add(token);
  }
  config.finish();
}

class YamlConfig {
  private last: string | undefined;
  private key: string | undefined;
  private anchor: string | undefined;
  private readonly anchors = new Map<string, string>();
  private readonly values = new Map<string, string>();
  private readonly interpolated: string[] = [];

  constructor(private readonly context: ScanContext) {}

  add({ kind, text }: { kind: string; text: string }): void {
    if (kind === 'tag') checkTag(text, this.context);
    else if (kind === 'anchor') this.anchor = text;
    else if (kind === 'scalar' || kind === 'alias') this.addScalar(kind === 'alias' ? this.anchors.get(text) : text);
    else {
      this.key = kind === 'value' ? this.last : undefined;
      this.last = undefined;
    }
  }

  /** OmegaConf puts values into each other when they are asked for. */
  finish(): void {
    for (const target of this.interpolated)
      checkTarget(
        target.replaceAll(INTERPOLATION, (_, name: string) => this.values.get(name) ?? name),
        this.context,
      );
  }

  private addScalar(text = ''): void {
    if (this.anchor !== undefined) this.anchors.set(this.anchor, text);
    if (this.key !== undefined) this.addPair(this.key, text);
    this.anchor = undefined;
    this.key = undefined;
    this.last = text;
  }

  private addPair(key: string, value: string): void {
    if (TARGET_KEYS.has(key) && value.includes('${')) this.interpolated.push(value);
    else if (TARGET_KEYS.has(key)) checkTarget(value, this.context);
    else if (TEMPLATE_KEY.test(key)) checkTemplate(value, key, this.context);
    else if (value.length < 200) this.values.set(key, value);
  }
}

/** PyYAML calls, builds, imports or looks up what these tags name, with its unsafe loaders. */
function checkTag(tag: string, context: ScanContext): void {
  const [, kind, name] = PYTHON_TAG.exec(tag) ?? [];
  if (kind === undefined || name === undefined || name === '') return;
  const severity = tagSeverity(kind, name);
  if (severity === undefined) return;
  const what = kind.startsWith('object/') ? 'calls' : 'names';
  context.report({
    ruleId: 'YML-001',
    severity,
    message: `A tag ${what} ${name}`,
    cve: ['CVE-2020-14343'],
    evidence: { callable: name },
  });
}

function tagSeverity(kind: string, name: string): 'CRITICAL' | 'MEDIUM' | 'LOW' | undefined {
  // A module that is only imported runs what others would run by calling it.
  if (isDangerousTarget(kind === 'module' ? `${name}.x` : name)) return 'CRITICAL';
  const parts = name.slice(0, 2_048).split('.');
  const moduleName = parts.slice(0, -1).join('.') || 'builtins';
  const isVouchedFor = allowedShape(moduleName, parts.at(-1) ?? '') !== undefined || isKnownLibrary(moduleName);
  if (isVouchedFor || DOCUMENTATION.test(name)) return undefined;
  return kind.startsWith('object/') ? 'MEDIUM' : 'LOW';
}

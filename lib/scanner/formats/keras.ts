import type { ScanContext } from '../scan-context';
import { denialOf } from '../pickle/names';
import { KERAS_CLASSES } from './keras-classes';

const MAX_DEPTH = 200;
/** Parts of Keras whose classes describe models. */
const MODEL_MODULE =
  /^(?:keras|tf_keras|tensorflow\.keras|tensorflow\.python\.keras)(?:\.(?:src|api|_tf_keras|v2|keras|engine))*(?:\.(?:layers|models|engine|optimizers?|losses|metrics|initializers|regularizers|constraints|activations|dtype_policies|mixed_precision|random|legacy|ops|quantizers|applications|feature_column|trainers|export|distribution)(?:\.[a-z_0-9]+)*)?$/;
const KERAS_HUB = /^(?:keras_(?:hub|nlp|cv|core)|tensorflow_(?:addons|text|probability))(?:\.\w+)*$/;
const PLAIN_BUILTINS = new Set('int float str bool list tuple dict set slice bytes type NoneType'.split(' '));
const REGISTERED = /^(?!keras\b|tensorflow\b)[\w-]+>\w+/;

/** True for JSON that describes a Keras model or one of its parts. */
export function isKerasConfig(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && typeof value['class_name'] === 'string' && 'config' in value;
}

/** Walks the whole configuration: every object with a class name is instantiated by the loader. */
export function scanKerasConfig(config: unknown, context: ScanContext): void {
  context.recognise('keras');
  walk(config, context, 0);
}

function walk(value: unknown, context: ScanContext, depth: number): void {
  if (depth > MAX_DEPTH) {
    context.reportLimit('The Keras configuration lies too deep');
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) walk(item, context, depth + 1);
  } else if (isRecord(value)) {
    checkSwitches(value, context);
    if (typeof value['class_name'] === 'string') checkClass(value, value['class_name'], context);
    for (const item of Object.values(value)) walk(item, context, depth + 1);
  }
}

/** CVE-2025-8747, -9905, -9906, -1550. */
function checkSwitches(value: Record<string, unknown>, context: ScanContext): void {
  const names = [value['config'], value['function'], value['fn_name'], value['class_name'], value['registered_name']];
  const name = names.find((one) => typeof one === 'string' && /get_file|enable_unsafe_deserialization/.test(one));
  if (name !== undefined || value['safe_mode'] === false) {
    const what = typeof name === 'string' ? name : 'safe_mode: false';
    const cve = ['CVE-2025-8747', 'CVE-2025-9906'];
    context.report({ ruleId: 'KER-003', message: `The configuration uses ${what}`, cve, identity: what });
  }
}

function checkClass(value: Record<string, unknown>, className: string, context: ScanContext): void {
  const { module: moduleName, registered_name: registered } = value;
  const report = (ruleId: string, message: string, cve: string[] = []): void => {
    context.report({
      ruleId,
      message,
      cve,
      evidence: { callable: `${typeof moduleName === 'string' ? `${moduleName}.` : ''}${className}` },
    });
  };
  if (className === 'Lambda' || className === '__lambda__') {
    report('KER-001', `A ${className} carries Python code`, ['CVE-2024-3660', 'CVE-2025-9905']);
    return;
  }
  if (className === 'TorchModuleWrapper') {
    report('KER-002', 'A TorchModuleWrapper unpickles what it carries', ['CVE-2025-49655']);
    return;
  }
  if (typeof moduleName !== 'string') {
    if (!KERAS_CLASSES.has(className) || isCustom(registered))
      report('KER-004', `The class ${className} is not part of Keras`);
    return;
  }
  checkModule(moduleName, className, value, report);
  if (isCustom(registered)) report('KER-004', `The class ${className} was registered by the author`);
}

function checkModule(
  moduleName: string,
  className: string,
  value: Record<string, unknown>,
  report: (ruleId: string, message: string, cve?: string[]) => void,
): void {
  if (MODEL_MODULE.test(moduleName) || KERAS_HUB.test(moduleName)) return;
  if (moduleName === 'builtins' && className === 'function') {
    const name = value['config'];
    const isDenied = typeof name === 'string' && denialOf('builtins', name) !== undefined;
    report(isDenied ? 'KER-002' : 'KER-004', `The function ${String(name)} is looked up while loading`);
    return;
  }
  if (moduleName === 'builtins' && PLAIN_BUILTINS.has(className)) return;
  const isRegistered = isCustom(value['registered_name']) && denialOf(moduleName, className) === undefined;
  if (isRegistered) return;
  report('KER-002', `The configuration imports ${moduleName} and uses ${className}`, ['CVE-2025-1550']);
}

/** Names of the form `package>Class` come from register_keras_serializable. */
const isCustom = (registered: unknown): boolean => typeof registered === 'string' && REGISTERED.test(registered);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

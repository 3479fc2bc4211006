import { ALLOWED_CALLS, type ArgumentShape, isGuardedShape, KNOWN_LIBRARIES } from './allowed-names';
import { type Denial, DENIALS, DENIED_CLASSES } from './denied-names';

/** What the old names of Python 2 and renamed packages are called today. Source: Lib/_compat_pickle.py. */
const MODULE_ALIASES: Readonly<Record<string, string>> = {
  __builtin__: 'builtins',
  __builtins__: 'builtins',
  copy_reg: 'copyreg',
  exceptions: 'builtins',
  cStringIO: 'io',
  StringIO: 'io',
  thread: '_thread',
  dummy_thread: '_thread',
  whichdb: 'dbm',
  anydbm: 'dbm',
  _abcoll: 'collections',
  urlparse: 'urllib.parse',
  commands: 'subprocess',
};

const NAME_ALIASES: Readonly<Record<string, string>> = {
  'builtins.reduce': 'functools.reduce',
  'builtins.intern': 'sys.intern',
  'builtins.unichr': 'builtins.chr',
  'builtins.unicode': 'builtins.str',
  'builtins.long': 'builtins.int',
  'itertools.izip': 'builtins.zip',
};

const denialByModule = new Map<string, Denial['ruleId']>();
const denialByName = new Map<string, Denial['ruleId']>();
for (const { ruleId, modules, names } of DENIALS) {
  for (const name of modules) if (!denialByModule.has(name)) denialByModule.set(name, ruleId);
  for (const name of names) if (!denialByName.has(name)) denialByName.set(name, ruleId);
}

const MAX_DEPTH = 16;

const BUILTIN_EXCEPTION = /^builtins\.[A-Z][A-Za-z]*(?:Error|Exception|Warning|Exit|Interrupt|Iteration)$/;
/** Cython writes one such function for each extension class; it checks a digest of the class and calls `__new__`. */
const CYTHON_UNPICKLER = /^(?:numpy|scipy|sklearn|pandas)\.(?:\w+\.)*__pyx_unpickle_\w+$/;

/** Modules that others import; short common words such as `code` are left out, they name attributes more often. */
const MODULES_BEHIND: ReadonlySet<string> = new Set(
  '_os os posix nt sys _sys subprocess socket importlib builtins __builtins__ ctypes shutil pickle marshal runpy'.split(
    ' ',
  ),
);

/** `module.name` as today's Python would say it. */
export function canonicalName(moduleName: string, name: string): string {
  const renamed = MODULE_ALIASES[moduleName] ?? moduleName.replace(/^numpy\._core\b/, 'numpy.core');
  const full = `${renamed}.${name}`;
  return NAME_ALIASES[full] ?? full;
}

/** The rule that forbids a name, matched on every dotted prefix; undefined when none does. */
export function denialOf(moduleName: string, name: string): Denial['ruleId'] | undefined {
  const full = canonicalName(moduleName, name);
  const shape = ALLOWED_CALLS.get(full);
  // An attribute getter is only allowed by what it gets: the judge looks at that before it asks here.
  if (shape !== undefined && !isGuardedShape(shape)) return undefined;
  for (const prefix of prefixesOf(full)) {
    const ruleId = denialByName.get(prefix) ?? denialByModule.get(prefix);
    if (ruleId !== undefined) return ruleId;
  }
  return denialBehind(name);
}

/** `a.b.c`, `a.b`, `a`; no name on the lists is deeper than MAX_DEPTH. */
function prefixesOf(full: string): string[] {
  const prefixes: string[] = [];
  for (let end = full.indexOf('.'); end >= 0 && prefixes.length < MAX_DEPTH; end = full.indexOf('.', end + 1))
    prefixes.unshift(full.slice(0, end));
  return prefixes.length < MAX_DEPTH ? [full, ...prefixes] : prefixes;
}

/** Modules import other modules: the name `os` of any module, or `f2py.os.system`, is the real one. */
function denialBehind(name: string): Denial['ruleId'] | undefined {
  const parts = name.split('.');
  if (DENIED_CLASSES.has(parts.at(-1)!)) return 'PKL-002';
  const reached = parts.find((part) => MODULES_BEHIND.has(part));
  if (reached !== undefined) return denialByModule.get(reached) ?? 'PKL-003';
  return parts.length > 1 ? denialByName.get(`builtins.${parts.at(-1)}`) : undefined;
}

/** How the arguments of an allowed callable must look; undefined for names nobody vouches for. */
export function allowedShape(moduleName: string, name: string): ArgumentShape | undefined {
  const full = canonicalName(moduleName, name);
  const shape = ALLOWED_CALLS.get(full);
  if (shape !== undefined) return shape;
  if (BUILTIN_EXCEPTION.test(full)) return 'any';
  return CYTHON_UNPICKLER.test(full) ? 'class-first' : undefined;
}

export function isKnownLibrary(moduleName: string): boolean {
  const [top = ''] = canonicalName(moduleName, '').split('.');
  return KNOWN_LIBRARIES.has(top);
}

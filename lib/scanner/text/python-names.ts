import type { parser } from '@lezer/python';

export type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree['topNode'];

/** How deep an expression is followed; nobody's is deeper. */
const MAX_DEPTH = 20;
/** How many names one expression may stand for. */
const MAX_NAMES = 64;
/** Modules that stand as attributes of others: `shutil.os` is `os`. */
const MODULES_BEHIND = new Set(['os', 'subprocess', 'builtins', '__builtins__']);
/** Other names of the same modules. */
const SAME_MODULE: Readonly<Record<string, string>> = {
  posix: 'os',
  nt: 'os',
  __builtins__: 'builtins',
  __builtin__: 'builtins',
  _pickle: 'pickle',
  cPickle: 'pickle',
};
/** Calls that answer a module or an attribute by its name. */
const HANDS_OUT = new Set([
  'builtins.getattr',
  'builtins.vars',
  'builtins.globals',
  'builtins.locals',
  'builtins.__import__',
  'functools.partial',
  'importlib.import_module',
  'importlib.__import__',
]);

/** Follows the expressions of a Python file to dotted names, through imports, assignments and constant strings. */
export class PythonNames {
  private readonly origins = new Map<string, Set<string>>();
  private readonly modules = new Set<string>();
  private readonly stars = new Set<string>();

  constructor(
    private readonly source: string,
    /** Tells the names worth keeping: dangerous ones and those that lead there. */
    private readonly isWanted: (name: string) => boolean,
  ) {}

  /** Names imported at a statement such as `from os import (system as s, path)`. */
  addImport(node: SyntaxNode): void {
    const plain = this.source
      .slice(node.from, node.to)
      .replaceAll(/#[^\n\r]*|[\\()]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .normalize('NFKC');
    const from = /^ ?from ?([\w. ]*?) ?\bimport\b(.*)$/.exec(plain);
    const owner = from?.[1]?.replaceAll(' ', '');
    for (const part of (from?.[2] ?? plain.replace(/^ ?import\b/, '')).split(',')) {
      const [name = '', alias] = part.trim().split(' as ');
      if (name === '*' && owner !== undefined) this.stars.add(owner);
      else if (owner !== undefined) this.bind(alias ?? name, `${owner}.${name}`);
      else if (alias !== undefined) this.bind(alias, name.replaceAll(' ', ''));
      else this.modules.add(name.split('.')[0]!.trim());
    }
  }

  /** Names bound by `a = b = expression`, `a, b = c, d` or `a: T = expression`. */
  addAssignment(node: SyntaxNode): void {
    const groups: SyntaxNode[][] = [[]];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.name === 'AssignOp') groups.push([]);
      else if (child.name !== ',' && child.name !== 'TypeDef') groups.at(-1)!.push(child);
    }
    const values = groups.pop() ?? [];
    for (const targets of groups) {
      for (const [index, target] of targets.entries()) {
        const value = targets.length === 1 ? values[0] : values[index];
        if (target.name !== 'VariableName' || value === undefined) continue;
        for (const name of this.namesOf(value)) this.bind(this.text(target), name);
      }
    }
  }

  /** Every dotted name an expression may stand for, such as `os.system`. */
  namesOf(node: SyntaxNode | null, depth = 0): string[] {
    return [...new Set(this.allNamesOf(node, depth))].slice(0, MAX_NAMES);
  }

  private allNamesOf(node: SyntaxNode | null, depth: number): string[] {
    if (node === null || depth > MAX_DEPTH) return [];
    switch (node.name) {
      case 'VariableName':
        return this.namesOfVariable(this.text(node));
      case 'ParenthesizedExpression':
        return this.namesOf(node.firstChild?.nextSibling ?? null, depth + 1);
      case 'NamedExpression':
      case 'AwaitExpression':
        return this.namesOf(node.lastChild, depth + 1);
      case 'ConditionalExpression':
        return [...this.namesOf(node.firstChild, depth + 1), ...this.namesOf(node.lastChild, depth + 1)];
      case 'MemberExpression':
        return this.namesOfMember(node, depth);
      case 'CallExpression':
        return this.namesOfResult(node, depth);
      default:
        return [];
    }
  }

  /** The text of a constant string, however it is put together; undefined when it is not constant. */
  constant(node: SyntaxNode | null | undefined, depth = 0): string | undefined {
    if (node === null || node === undefined || depth > MAX_DEPTH) return undefined;
    const { firstChild, lastChild } = node;
    if (node.name === 'String') return unquote(this.source.slice(node.from, node.to));
    if (node.name === 'ParenthesizedExpression') return this.constant(firstChild?.nextSibling, depth + 1);
    if (node.name !== 'ContinuedString' && node.name !== 'BinaryExpression') return undefined;
    if (node.name === 'BinaryExpression' && firstChild?.nextSibling?.name !== 'ArithOp') return undefined;
    const parts = node.name === 'BinaryExpression' ? [firstChild, lastChild] : node.getChildren('String');
    const texts = parts.map((part) => this.constant(part, depth + 1));
    return texts.includes(undefined) ? undefined : texts.join('');
  }

  /** The arguments of a call that stand by position. */
  argumentsOf(call: SyntaxNode): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (let node = call.getChild('ArgList')?.firstChild ?? null; node !== null; node = node.nextSibling)
      if (!/^(?:[(),*]|\*\*|AssignOp|Comment)$/.test(node.name)) found.push(node);
    return found;
  }

  /** An identifier as Python reads it (PEP 3131). */
  text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to).normalize('NFKC');
  }

  private namesOfVariable(name: string): string[] {
    const bound = [...(this.origins.get(name) ?? [])];
    const starred = [...this.stars].map((module) => canonical(`${module}.${name}`)).filter(this.isWanted);
    const isModule = this.modules.has(name) || (this.stars.size > 0 && MODULES_BEHIND.has(name));
    if (isModule || name === '__builtins__') return [...bound, ...starred, canonical(name)];
    return [...bound, ...starred, `builtins.${name}`];
  }

  private namesOfMember(node: SyntaxNode, depth: number): string[] {
    const owners = this.namesOf(node.firstChild, depth + 1);
    const property = node.getChild('PropertyName');
    if (property !== null) return owners.map((owner) => canonical(`${owner}.${this.text(property)}`));
    const key = this.constant(node.firstChild?.nextSibling?.nextSibling);
    if (key === undefined) return [];
    return owners.flatMap((owner) => {
      if (owner === 'sys.modules') return [canonical(key)];
      if (owner === 'builtins.globals()') return this.namesOfVariable(key);
      return owner.endsWith('.__dict__') ? [canonical(`${owner.slice(0, -9)}.${key}`)] : [canonical(`${owner}.${key}`)];
    });
  }

  /** What calls answer that hand out modules and attributes by name. */
  private namesOfResult(node: SyntaxNode, depth: number): string[] {
    const callees = this.namesOf(node.firstChild, depth + 1).filter((name) => HANDS_OUT.has(name));
    if (callees.length === 0) return [];
    const [first, second] = this.argumentsOf(node);
    const owners = this.namesOf(first ?? null, depth + 1);
    return callees.flatMap((callee) => {
      switch (callee) {
        case 'builtins.getattr': {
          const attribute = this.constant(second) ?? '*';
          return owners.map((owner) => canonical(`${owner}.${attribute}`));
        }
        case 'builtins.vars':
          return owners.map((owner) => `${owner}.__dict__`);
        case 'builtins.globals':
        case 'builtins.locals':
          return ['builtins.globals()'];
        case 'functools.partial':
          return owners;
        default: {
          const imported = this.constant(first);
          return imported === undefined ? [] : [canonical(imported)];
        }
      }
    });
  }

  private bind(name: string, origin: string): void {
    const full = canonical(origin);
    if (!this.isWanted(full)) return;
    const known = this.origins.get(name) ?? new Set();
    this.origins.set(name, known.add(full));
  }
}

/** One name for what has several, and for a module reached through another. */
function canonical(name: string): string {
  const parts = name.split('.');
  const start = parts.findLastIndex((part) => MODULES_BEHIND.has(part));
  const rest = start > 0 ? parts.slice(start) : parts;
  rest[0] = SAME_MODULE[rest[0]!] ?? rest[0]!;
  return rest.join('.');
}

/** A plain string literal's text; escapes of single characters are undone. */
function unquote(literal: string): string | undefined {
  const match = /^([rbu]{0,2})('''|"""|'|")([\s\S]*)\2$/i.exec(literal);
  if (match === null) return undefined;
  if (/r/i.test(match[1]!)) return match[3]!;
  return match[3]!.replaceAll(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([0-7]{1,3})|([\s\S]))/gi,
    (_all, hex?: string, unicode?: string, octal?: string, plain?: string) => {
      if (plain !== undefined) return plain === '\n' ? '' : plain;
      return String.fromCharCode(Number.parseInt(hex ?? unicode ?? octal!, octal === undefined ? 16 : 8));
    },
  );
}

import { parser } from '@lezer/python';
import { denialOf } from '../pickle/names';

export interface PythonCall {
  /** Dotted name with imports resolved, for example `os.system`. */
  name: string;
  /** 1-based. */
  line: number;
  /** Outside every function: it runs when the file is imported. */
  isAtImport: boolean;
}

const MAX_CALLS = 200;
/** Ordinary code opens files and looks at its platform; only these are worth a word in Python source. */
const DANGEROUS =
  /^(?:builtins\.(?:eval|exec|compile|__import__)|os\.(?:system|popen|exec\w*|spawn\w*|posix_spawn\w*)|subprocess\.\w+|pty\.spawn|commands\.\w+|socket\.(?:socket|create_connection)|ctypes\.\w+|marshal\.loads?|pickle\.loads?|_?posixsubprocess\.\w+|urllib\.request\.(?:urlopen|urlretrieve)|requests\.(?:get|post|put|request)|http\.client\.\w+|ftplib\.\w+|telnetlib\.\w+|importlib\.import_module|runpy\.\w+|code\.\w+|webbrowser\.open)$/;

/** The dangerous calls of Python source, from an error-tolerant syntax tree. */
export function findPythonCalls(source: string, isOver: () => boolean = () => false): PythonCall[] {
  const calls: PythonCall[] = [];
  const aliases = readImports(source);
  let functionDepth = 0;
  parseWithin(source, isOver).iterate({
    enter: (node) => {
      if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression') functionDepth += 1;
      if (node.name !== 'CallExpression' || calls.length >= MAX_CALLS) return;
      const callee = node.node.firstChild;
      if (callee === null) return;
      const name = resolveName(source.slice(callee.from, callee.to), aliases);
      if (DANGEROUS.test(name)) {
        const line = source.slice(0, node.from).split('\n').length;
        calls.push({ name, line, isAtImport: functionDepth === 0 });
      }
    },
    leave: (node) => {
      if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression') functionDepth -= 1;
    },
  });
  return calls;
}

/** Parses as far as the time allows: hostile text takes the error-tolerant parser long. */
function parseWithin(source: string, isOver: () => boolean): ReturnType<typeof parser.parse> {
  const parse = parser.startParse(source);
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return tree;
    if (parse.stoppedAt === null && isOver()) parse.stopAt(parse.parsedPos);
  }
}

function readImports(source: string): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const match of source.matchAll(/^[ \t]*import[ \t]+([^\n#;]+)/gm)) {
    for (const part of match[1]!.split(',')) {
      const [name, alias] = part.trim().split(/\s+as\s+/);
      if (name !== undefined && alias !== undefined) aliases.set(alias.trim(), name.trim());
    }
  }
  for (const match of source.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([^\n#)]+)/gm)) {
    for (const part of match[2]!.split(',')) {
      const [name, alias] = part.trim().split(/\s+as\s+/);
      if (name !== undefined && name !== '') aliases.set((alias ?? name).trim(), `${match[1]}.${name.trim()}`);
    }
  }
  return aliases;
}

function resolveName(callee: string, aliases: ReadonlyMap<string, string>): string {
  const name = callee.replaceAll(/\s+/g, '').replace(/^__import__\(['"](\w+)['"]\)/, '$1');
  const [head = '', ...rest] = name.split('.');
  const resolved = [aliases.get(head) ?? head, ...rest].join('.');
  return rest.length === 0 && !resolved.includes('.') && denialOf('builtins', resolved) !== undefined
    ? `builtins.${resolved}`
    : resolved;
}

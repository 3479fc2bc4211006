import { parser } from '@lezer/python';
import { LineCounter } from './line-counter';
import { PythonNames, type SyntaxNode, type Tree } from './python-names';

export interface PythonCall {
  /** Dotted name with imports resolved, for example `os.system`. */
  name: string;
  /** 1-based. */
  line: number;
  /** It runs when the file is imported: outside every function, or in one that such code calls. */
  isAtImport: boolean;
}

/** Ordinary code opens files and looks at its platform; only these are worth a word in Python source. */
const DANGEROUS =
  /^(?:builtins\.(?:eval|exec|compile|__import__|\*)|os\.(?:system|popen\w*|exec\w*|spawn\w*|posix_spawn\w*|startfile|\*)|subprocess\.(?:\w+|\*)|asyncio\.(?:subprocess\.)?create_subprocess_\w+|pty\.spawn|commands\.\w+|socket\.(?:socket|create_connection)|ctypes\.\w+|types\.(?:FunctionType|CodeType)|marshal\.loads?|(?:pickle|dill|cloudpickle)\.loads?|_?posixsubprocess\.\w+|urllib\.request\.(?:urlopen|urlretrieve)|requests\.(?:get|post|put|request)|http\.client\.\w+|ftplib\.\w+|telnetlib\.\w+|importlib\.(?:import_module|__import__)|runpy\.\w+|code\.\w+|webbrowser\.open)$/;
/** Worth a word even where they are only handed on: `map(os.system, …)`. */
const HANDED_ON =
  /^(?:builtins\.(?:eval|exec)|os\.(?:system|popen|exec[lv]\w*|spawn[lv]\w*|posix_spawnp?)|subprocess\.(?:run|Popen|call|check_call|check_output|getoutput|getstatusoutput)|pty\.spawn)$/;
/** What leads to the names above. */
const LEADS =
  /^(?:builtins|os|subprocess|asyncio|asyncio\.subprocess|pty|commands|socket|ctypes|types|marshal|pickle|dill|cloudpickle|_?posixsubprocess|urllib|urllib\.request|requests|http|http\.client|ftplib|telnetlib|importlib|runpy|code|webbrowser|functools|functools\.partial|sys|sys\.modules|builtins\.(?:getattr|vars|globals|locals)|\w+\.__dict__)$/;
const CONSTRUCTORS = /^__(?:init|new|init_subclass|class_getitem|set_name|post_init|prepare)__$/;
const TAKERS = new Set(
  `ArgList ArrayExpression DictionaryExpression TupleExpression SetExpression AssignStatement ReturnStatement ParamList
  LambdaExpression ForStatement`.split(/\s+/),
);
const MAIN = /^\(?\s*__name__\s*==\s*["']__main__["']\s*\)?$/;
const RENAMED = /__name__\s*(?::=|=(?!=))|["']__name__["']/;

/**
 * The dangerous calls of Python source, from an error-tolerant syntax tree: one for each name, the one at import if there
 * is one.
 */
export function findPythonCalls(source: string, isOver: () => boolean = () => false): PythonCall[] {
  const tree = parseWithin(source, isOver);
  const names = new PythonNames(source, (name) => DANGEROUS.test(name) || LEADS.test(name));
  const isTimeUp = onceInAWhile(isOver);
  tree.iterate({
    enter: (node) => {
      if (isTimeUp()) return false;
      if (node.name === 'ImportStatement') names.addImport(node.node);
      else if (node.name === 'AssignStatement' || node.name === 'NamedExpression') names.addAssignment(node.node);
      return undefined;
    },
  });
  return new CallFinder(source, names).find(tree, isTimeUp);
}

/** Asks a clock now and then: a tree has millions of nodes. */
function onceInAWhile(isOver: () => boolean): () => boolean {
  let count = 0;
  let isTimeUp = false;
  return () => {
    count += 1;
    if (count % 256 === 0) isTimeUp ||= isOver();
    return isTimeUp;
  };
}

type NodeRef = Pick<SyntaxNode, 'name' | 'from' | 'node'>;

/** Walks the tree and notes, for every function, what it calls. */
class CallFinder {
  private readonly lines: LineCounter;
  /** Around the current node: a function's name, a class's, or undefined for what only others call. */
  private readonly scopes: (string | undefined)[] = [''];
  private readonly calledFrom = new Map<string, Set<string>>();
  private readonly found: { name: string; line: number; scope: string | undefined }[] = [];
  private readonly seen = new Set<string>();

  /** Whether the file pretends to be the program that was started. */
  private readonly isRenamed: boolean;

  constructor(
    private readonly source: string,
    private readonly names: PythonNames,
  ) {
    this.lines = new LineCounter(source);
    this.isRenamed = RENAMED.test(source);
  }

  find(tree: Tree, isTimeUp: () => boolean): PythonCall[] {
    tree.iterate({
      enter: (node) => {
        if (isTimeUp()) return false;
        this.enter(node);
        return undefined;
      },
      leave: (node) => this.leave(node),
    });
    const reached = this.reachedAtImport();
    const calls = new Map<string, PythonCall>();
    for (const { name, line, scope } of this.found) {
      const isAtImport = scope !== undefined && reached.has(scope);
      if (!calls.has(name) || (isAtImport && !calls.get(name)!.isAtImport)) calls.set(name, { name, line, isAtImport });
    }
    return [...calls.values()];
  }

  private enter(node: NodeRef): void {
    if (this.opensScope(node)) this.scopes.push(this.scopeOf(node.node));
    if (node.name === 'CallExpression') this.noteCall(node.node);
    else if (node.name === 'Decorator') this.noteDecorator(node.node);
    else if (node.name === 'MemberExpression' || node.name === 'VariableName') this.noteHandedOn(node);
  }

  private leave(node: NodeRef): void {
    if (this.opensScope(node)) this.scopes.pop();
  }

  private opensScope({ name, node }: NodeRef): boolean {
    if (name === 'FunctionDefinition' || name === 'LambdaExpression') return true;
    return name === 'Body' && !this.isRenamed && this.isMainBlock(node);
  }

  /** What stands under `if __name__ == '__main__':` does not run when the file is imported. */
  private isMainBlock(body: SyntaxNode): boolean {
    const condition = body.prevSibling;
    if (body.parent?.name !== 'IfStatement' || condition?.prevSibling?.name !== 'if') return false;
    return condition.to - condition.from < 60 && MAIN.test(this.source.slice(condition.from, condition.to));
  }

  /** The code of a class runs where it stands; its constructors run when it is called, its methods at other times. */
  private scopeOf(node: SyntaxNode): string | undefined {
    const outer = this.scopes.at(-1);
    const variable = node.getChild('VariableName');
    if (node.name === 'Body') return undefined;
    if (node.name === 'LambdaExpression') return isCalledAtOnce(node) ? outer : undefined;
    const name = variable === null ? undefined : this.names.text(variable);
    const owner = node.parent?.name === 'DecoratedStatement' ? node.parent.parent?.parent : node.parent?.parent;
    if (owner?.name !== 'ClassDefinition') return name;
    const ownerName = owner.getChild('VariableName');
    return name !== undefined && CONSTRUCTORS.test(name) && ownerName !== null ? this.names.text(ownerName) : undefined;
  }

  private noteCall(call: SyntaxNode): void {
    const callee = call.firstChild;
    if (callee === null) return;
    this.noteNames(this.names.namesOf(callee), DANGEROUS, call.from);
    if (callee.name === 'VariableName') this.noteEdge(this.names.text(callee));
  }

  private noteDecorator(node: SyntaxNode): void {
    const parts = node.getChildren('VariableName');
    const [first, ...rest] = parts;
    if (first === undefined) return;
    const dotted = this.names
      .namesOf(first)
      .map((name) => [name, ...rest.map((part) => this.names.text(part))].join('.'));
    this.noteNames(dotted, DANGEROUS, node.from);
    if (rest.length === 0) this.noteEdge(this.names.text(first));
  }

  private noteHandedOn({ node, from }: NodeRef): void {
    if (!TAKERS.has(node.parent?.name ?? '') || node.nextSibling?.name === 'AssignOp') return;
    this.noteNames(this.names.namesOf(node), HANDED_ON, from);
  }

  private noteNames(names: readonly string[], pattern: RegExp, index: number): void {
    const scope = this.scopes.at(-1);
    for (const name of names) {
      const key = `${name} ${scope ?? '.'}`;
      if (!pattern.test(name) || this.seen.has(key)) continue;
      this.seen.add(key);
      this.found.push({ name, line: this.lines.before(index) + 1, scope });
    }
  }

  private noteEdge(callee: string): void {
    const scope = this.scopes.at(-1);
    if (scope === undefined) return;
    this.calledFrom.set(scope, (this.calledFrom.get(scope) ?? new Set()).add(callee));
  }

  private reachedAtImport(): Set<string> {
    const reached = new Set(['']);
    for (const scope of reached) for (const callee of this.calledFrom.get(scope) ?? []) reached.add(callee);
    return reached;
  }
}

const isCalledAtOnce = ({ parent }: SyntaxNode): boolean =>
  parent?.name === 'ParenthesizedExpression' && parent.parent?.name === 'CallExpression';

/** Parses as far as the time allows: hostile text takes the error-tolerant parser long. */
function parseWithin(source: string, isOver: () => boolean): Tree {
  const parse = parser.startParse(source);
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return tree;
    if (parse.stoppedAt === null && isOver()) parse.stopAt(parse.parsedPos);
  }
}

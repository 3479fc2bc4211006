import type { ScanContext } from '../scan-context';
import { scoreInjection } from './injection';
import { findHiddenText } from './hidden-text';

interface Server {
  command?: unknown;
  args?: unknown;
  url?: unknown;
  env?: unknown;
  headers?: unknown;
  autoApprove?: unknown;
  alwaysAllow?: unknown;
}

const SHELLS = /(?:^|[\\/])(?:ba|z|da|k|fi)?sh(?:\.exe)?$|(?:^|[\\/])(?:cmd|powershell|pwsh)(?:\.exe)?$/i;
const RUNNERS = /(?:^|[\\/])(?:npx|bunx|uvx|pipx|pnpx)(?:\.cmd)?$/;
const PINNED = /@\d|==\d|@sha256:|@[0-9a-f]{40}$|\.tgz$/;
const SECRET_NAME = /(?:token|secret|passw(?:or)?d|api[_-]?key|authorization|credential)/i;
const PLACEHOLDER = /^\s*(?:$|\$\{?\w|<|\*+$|x{3,}|your[-_ ]|changeme|env:|input:|\{\{)/i;
const LOCAL = /^https?:\/\/(?:localhost|127\.|\[::1\])/i;
const TOOL_DANGER =
  /<(?:important|system|instructions?|secret)>|\b(?:before using this tool|read (?:the )?(?:file )?~\/|\.ssh\/|id_rsa|\.env\b.{0,40}(?:content|pass|send)|sidenote)\b/i;

/** Looks at the servers and tools of a Model Context Protocol configuration (MCP-001 to MCP-006). */
export function scanMcp(value: unknown, context: ScanContext): void {
  if (!isRecord(value)) return;
  const servers =
    value['mcpServers'] ??
    (isRecord(value['mcp']) ? value['mcp']['servers'] : undefined) ??
    (looksLikeServers(value['servers']) ? value['servers'] : undefined);
  if (isRecord(servers)) {
    context.recognise('mcp');
    for (const [name, server] of Object.entries(servers)) {
      if (context.isExpired()) return;
      if (isRecord(server)) scanServer(name, server, context);
    }
  }
  for (const tool of Array.isArray(value['tools']) ? (value['tools'] as unknown[]) : []) {
    if (context.isExpired()) return;
    if (isRecord(tool)) scanTool(tool, context);
  }
}

const looksLikeServers = (value: unknown): boolean =>
  isRecord(value) &&
  Object.values(value).some((server) => isRecord(server) && ('command' in server || 'url' in server));

function scanServer(name: string, server: Server, context: ScanContext): void {
  const report = (ruleId: string, message: string): void =>
    context.report({ ruleId, message: `${name}: ${message}`, identity: `${name} ${message}` });
  const command = typeof server.command === 'string' ? server.command : '';
  const args = Array.isArray(server.args) ? server.args.filter((one) => typeof one === 'string') : [];
  if (SHELLS.test(command) && args.some((one) => /^(?:-l?c|\/c|-command|-encodedcommand)$/i.test(one))) {
    report('MCP-002', 'it is started through a shell');
  } else if (args.some(runsDownload)) report('MCP-002', 'it runs what it downloads');
  if (RUNNERS.test(command)) {
    const target = args.find((one) => !one.startsWith('-'));
    if (target !== undefined && !PINNED.test(target) && !/^\.{0,2}\//.test(target))
      report('MCP-003', `${target} is not pinned to a version`);
  }
  for (const values of [server.env, server.headers]) {
    for (const [key, secret] of Object.entries(isRecord(values) ? values : {})) {
      const isSecret =
        SECRET_NAME.test(key) && typeof secret === 'string' && secret.length >= 8 && !PLACEHOLDER.test(secret);
      if (isSecret) report('MCP-004', `${key} stands in clear`);
    }
  }
  if (typeof server.url === 'string' && server.url.startsWith('http:') && !LOCAL.test(server.url))
    report('MCP-005', 'it is reached without TLS');
  if (args.some((one) => one === '0.0.0.0' || /^--(?:host|bind|address)=0\.0\.0\.0/.test(one)))
    report('MCP-005', 'it listens on all addresses');
  const isUnasked = [server.autoApprove, server.alwaysAllow].some(
    (list) => list === true || (Array.isArray(list) && list.includes('*')),
  );
  if (isUnasked) report('MCP-006', 'every tool runs without approval');
  if (/filesystem/.test(args.join(' ')) && args.some((one) => one === '/' || one === '~' || /^[A-Z]:\\?$/i.test(one)))
    report('MCP-006', 'it may use the whole file system');
}

/** A download, and a shell behind a pipe somewhere after it. */
function runsDownload(argument: string): boolean {
  const start = argument.search(/\b(?:curl|wget)\b/);
  return start >= 0 && /\|\s{0,20}(?:\/\S{0,100}\/)?(?:ba|z)?sh\b/.test(argument.slice(start));
}

function scanTool(tool: Record<string, unknown>, context: ScanContext): void {
  const { name, description } = tool;
  if (typeof description !== 'string') return;
  const isOrder =
    (scoreInjection(description)?.level ?? 'LOW') !== 'LOW' ||
    TOOL_DANGER.test(description) ||
    findHiddenText(description) !== undefined;
  if (!isOrder) return;
  const message = `The description of ${String(name)} gives orders to the model`;
  context.report({ ruleId: 'MCP-001', message, identity: String(name) });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

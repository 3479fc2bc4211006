import { LogFormatError } from '../format-error';
import type { NoteCheck } from './signed-note';
import {
  COSIGNATURE_V1,
  ED25519,
  hasSamePublicKey,
  isSameKey,
  parseVerifierKey,
  type VerifierKey,
} from './verifier-key';

/** Who must have signed a checkpoint before it counts: any of the logs, and a quorum of witnesses. */
export interface TrustPolicy {
  /** Empty when the log's key is known from elsewhere. */
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** Whether cosignatures by these keys are enough. */
  readonly isQuorum: (cosigned: readonly VerifierKey[]) => boolean;
}

type Rule = (cosigned: readonly VerifierKey[]) => boolean;

/** What the lines read so far have defined. */
interface Draft {
  readonly logs: VerifierKey[];
  readonly witnesses: VerifierKey[];
  readonly rules: Map<string, Rule>;
  /** Names that already belong to a group: each can count only once. */
  readonly grouped: Set<string>;
  quorum: Rule | null;
}

const MAX_LINES = 1_000;
const FORBIDDEN_OCTET = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Reads a policy file.
 *
 * @param policy its octets, or its text when that is known to be UTF-8.
 * @throws LogFormatError, naming the line, for anything that the specification does not allow.
 * @see C2SP tlog-policy
 */
export function parseTrustPolicy(policy: string | Uint8Array): TrustPolicy {
  const octets = typeof policy === 'string' ? Buffer.from(policy) : policy;
  const draft: Draft = { logs: [], witnesses: [], rules: new Map(), grouped: new Set(), quorum: null };
  // Latin-1 keeps every octet apart: two names that are not the same octets must never become the same name.
  const lines = Buffer.from(octets).toString('latin1').split('\n');
  if (lines.length > MAX_LINES) throw new LogFormatError('The policy has too many lines');
  for (const [i, line] of lines.entries()) {
    try {
      readLine(draft, line);
    } catch (error) {
      // A message is ASCII but for the names in it, which a person reads as UTF-8.
      if (error instanceof LogFormatError) throw new LogFormatError(`Policy line ${i + 1}: ${utf8Of(error.message)}`);
      throw error;
    }
  }
  const { logs, witnesses, quorum } = draft;
  if (quorum === null) throw new LogFormatError('The policy has no quorum line');
  return { logs, witnesses, isQuorum: quorum };
}

/** Whether a note, checked with the policy's keys among others, has the signatures that the policy asks for. */
export function satisfiesPolicy(policy: TrustPolicy, origin: string, { verified }: NoteCheck): boolean {
  const hasLog = policy.logs.some((log) => log.name === origin && verified.some((key) => isSameKey(key, log)));
  return (hasLog || policy.logs.length === 0) && policy.isQuorum(verified);
}

function readLine(draft: Draft, line: string): void {
  if (FORBIDDEN_OCTET.test(line)) throw new LogFormatError('tab and newline are the only control characters allowed');
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== '');
  if (keyword === undefined || keyword.startsWith('#')) return;
  if (keyword === 'log' && words.length >= 1 && words.length <= 2) return addLog(draft, words[0]!);
  if (keyword === 'witness' && words.length >= 2 && words.length <= 3) return addWitness(draft, words[0]!, words[1]!);
  if (keyword === 'group' && words.length >= 3) return addGroup(draft, words[0]!, words[1]!, words.slice(2));
  if (keyword === 'quorum' && words.length === 1) return setQuorum(draft, words[0]!);
  throw new LogFormatError('expected log, witness, group or quorum with its words');
}

function addLog(draft: Draft, vkey: string): void {
  const key = keyOf(vkey);
  if (key.type !== ED25519) throw new LogFormatError('a log signs with a key of type 0x01');
  if (draft.logs.some((other) => hasSamePublicKey(other, key))) throw new LogFormatError('this log is already listed');
  draft.logs.push(key);
}

function addWitness(draft: Draft, name: string, vkey: string): void {
  const key = keyOf(vkey);
  if (key.type !== COSIGNATURE_V1) throw new LogFormatError('a witness signs with a key of type 0x04');
  if (draft.witnesses.some((other) => hasSamePublicKey(other, key))) {
    throw new LogFormatError('this witness is already listed');
  }
  define(draft, name, (cosigned) => cosigned.some((other) => isSameKey(other, key)));
  draft.witnesses.push(key);
}

function addGroup(draft: Draft, name: string, threshold: string, members: readonly string[]): void {
  const needed = thresholdOf(threshold, members.length);
  const rules = members.map((member) => {
    const rule = draft.rules.get(member);
    if (rule === undefined) throw new LogFormatError(`${member} is not defined above`);
    if (draft.grouped.has(member)) throw new LogFormatError(`${member} is already in a group`);
    draft.grouped.add(member);
    return rule;
  });
  define(draft, name, (cosigned) => rules.filter((rule) => rule(cosigned)).length >= needed);
}

function setQuorum(draft: Draft, name: string): void {
  if (draft.quorum !== null) throw new LogFormatError('there is one quorum line');
  const rule: Rule | undefined = name === 'none' ? () => true : draft.rules.get(name);
  if (rule === undefined) throw new LogFormatError(`${name} is not defined above`);
  draft.quorum = rule;
}

/** The names of keys are UTF-8 (C2SP signed-note), whatever the octets around them are. */
function keyOf(vkey: string): VerifierKey {
  const text = utf8Of(vkey);
  if (Buffer.from(text).toString('latin1') !== vkey) throw new LogFormatError('A verifier key is UTF-8');
  return parseVerifierKey(text);
}

function utf8Of(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('utf8');
}

function define(draft: Draft, name: string, rule: Rule): void {
  if (name === 'none' || draft.rules.has(name)) throw new LogFormatError(`the name ${name} is taken`);
  draft.rules.set(name, rule);
}

function thresholdOf(word: string, members: number): number {
  if (word === 'any') return 1;
  if (word === 'all') return members;
  const needed = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : 0;
  if (needed < 1 || needed > members) throw new LogFormatError(`a threshold is all, any or 1 to ${members}`);
  return needed;
}

import type { LiteralType, Span } from './literal';
import type { Reference, Trust } from './objects';
import type { PickleMachine } from './machine';
import type { Value } from './values';

export type CallKind = 'REDUCE' | 'OBJ' | 'INST' | 'NEWOBJ' | 'NEWOBJ_EX';

export interface Call {
  kind: CallKind;
  /** Undefined when a literal or container stands where the callable should be. */
  callable: Reference | undefined;
  /** The argument values; undefined when they are no longer known one by one. */
  args: Value[] | undefined;
  /** Kinds of values among the arguments: HOLDS_LITERAL and so on. */
  holds: number;
  offset: number;
}

/** What the observer thinks of a call; decides how the result is treated. */
export interface CallVerdict {
  trust: Trust;
  note?: string;
  isData?: boolean;
  /** The class of which the call makes an object, where another callable makes it. */
  made?: Reference;
}

export interface Built {
  target: Reference | undefined;
  state: Value;
  /**
   * Keys and values of the state when it is a dictionary that one SETITEMS directly before BUILD has filled; what may
   * have been put into it in other ways shows in `lastAliasAt` of the machine.
   */
  fields: readonly Value[] | undefined;
  offset: number;
}

/** Whoever watches a pickle run: the judge of the scanner, or a recorder in a test. */
export interface MachineObserver {
  /** The unpickler imports a module and takes a name from it. */
  resolved(machine: PickleMachine, reference: Reference, offset: number): void;
  called(machine: PickleMachine, call: Call): CallVerdict;
  /** BUILD sets attributes or calls `__setstate__`. May answer a new position: bytes that follow inline are skipped. */
  built(machine: PickleMachine, built: Built): number | undefined;
  /** A watched name is taken from the memo, or there are two of it now. */
  recalled(reference: Reference): void;
  /** APPEND, APPENDS or ADDITEMS on an object that may have got a method of its own: they call it. */
  extended(machine: PickleMachine, target: Reference, offset: number): void;
  /** SETITEM or SETITEMS on the result of a call, as dictionaries of other classes are filled. */
  filled(machine: PickleMachine, target: Reference, offset: number): void;
  /** True for first bytes of content that may be a pickle or an archive itself. */
  isSuspectByte(byte: number): boolean;
  /** A text or bytes literal that may hold a payload; its first bytes stand in `head` from `at`. */
  literal(span: Span, type: LiteralType, head: Uint8Array, at: number): void;
}

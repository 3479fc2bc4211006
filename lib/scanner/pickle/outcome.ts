import type { ReaderOptions } from './reader';
import type { Value } from './values';

/** Why a run ended: `stop` is the only complete one. */
export type MachineEnd = 'stop' | 'truncated' | 'broken' | 'exhausted' | 'timeout';

export interface MachineLimits {
  /** Opcodes of one stream. */
  opcodes: number;
  /** True when the time for this artifact is up. */
  isExpired(): boolean;
}

export interface MachineOptions extends ReaderOptions {
  /** Streams around this one. */
  depth?: number;
}

/** Values put into a container. */
export interface Fill {
  /** The first few dozen of them. */
  items: readonly Value[];
  /** Which opcode of the stream did it, counted from 1. */
  opcode: number;
  /** The container was a dictionary into which nothing had been put where it lies on the stack. */
  isFirst: boolean;
}

export interface MachineOutcome {
  end: MachineEnd;
  /** What was wrong, in words, unless `end` is `stop`. */
  reason: string;
  /** Offset of the first byte. */
  start: number;
  /** Offset behind the last byte that was read. */
  position: number;
  opcodes: number;
  hasProtocol: boolean;
  hasUnsupportedProtocol: boolean;
  hasCrossedFrame: boolean;
  hasOverlongFrame: boolean;
  isDegraded: boolean;
}

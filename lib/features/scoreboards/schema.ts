import type { Scoreboard } from '@/lib/domain/scoreboard/scoreboard';

/** A scoreboard as of some time. */
export type BoardView = {
  board: Scoreboard;
  /** `YYYY-MM` of a frozen month, else the day as `YYYY-MM-DD`. */
  asOf: string;
  /** Names this state of the scores: the same key never stands for other scores. */
  key: string;
  /** The month a frozen board shows; null for the live one. */
  month: string | null;
};

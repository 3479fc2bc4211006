import { z } from 'zod';
import type { ChangeCause } from '@/lib/domain/overview/changes';
import { month } from '@/lib/kernel/fields';

export const GetChanges = z.strictObject({
  /** Only this entity. */
  entity: z.uuid().optional(),
  asOf: month.optional(),
});

export type Changes = {
  /** `YYYY-MM` compared with; null when no month is frozen yet. */
  since: string | null;
  /** Three up and three down at most, the largest first. Points are signed, with one decimal. */
  items: Change[];
};

export type Change = {
  entity: { id: string; name: string };
  layer: { id: string; name: string };
  points: number;
  /** The control that moved the layer most, and why. */
  control: { id: string; title: string };
  cause: ChangeCause;
};

import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import type { RaciFinding } from '@/lib/domain/raci/findings';

export const parts = ['A', 'R', 'C', 'I'] as const;
export type RaciPart = (typeof parts)[number];

export const GetRaci = z.strictObject({
  entity: z.uuid(),
  layer: z.enum(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']).optional(),
});

export const SetRaci = z.strictObject({
  entities: z.array(z.uuid()).min(1).max(200),
  controls: z.array(z.string().max(20)).min(1, hint('evidence.chooseControl')).max(200),
  personId: z.uuid(),
  /** What the person does from now on; an empty list takes the person out. A new Accountable replaces the one before. */
  parts: z.array(z.enum(parts)).max(4),
});

export const FillRaci = z.strictObject({ entity: z.uuid() });

export type RaciMatrixAnswer = {
  entity: { id: string; name: string };
  people: { id: string; name: string; functions: string[] }[];
  controls: {
    id: string;
    title: string;
    layer: string;
    isKey: boolean;
    assignments: { personId: string; part: RaciPart }[];
  }[];
  findings: RaciFinding[];
};

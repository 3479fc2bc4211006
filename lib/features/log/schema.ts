import { z } from 'zod';
import { day } from '@/lib/kernel/fields';

export const ListEvents = z.strictObject({
  verb: z.string().max(60).optional(),
  object: z.string().max(80).optional(),
  actor: z.uuid().optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const ExportEvents = z.strictObject({ from: day.optional(), to: day.optional() });

export type EventItem = {
  position: number;
  id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string | null };
  verb: string;
  object: { kind: string; id: string | null };
  entityName: string | null;
  beforeHash: string | null;
  afterHash: string | null;
  detail: Record<string, unknown>;
};

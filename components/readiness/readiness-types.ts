import type {
  ReadinessAnswer,
  ReadinessCap,
  ReadinessLayer,
  ReadinessLine,
  ReadinessStep,
} from '@/lib/features/readiness/schema';

export type { ReadinessAnswer, ReadinessCap, ReadinessLayer, ReadinessLine, ReadinessStep };

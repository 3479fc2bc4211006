import type { Verdict } from '@/lib/scanner/report';

/** 1 wins over 2 and 3: a violation must never look like a technical problem. */
export const EXIT_OF: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, incomplete: 2 };
export const EXIT_INTERNAL = 2;
export const EXIT_POLICY = 3;
export const EXIT_USAGE = 4;

import * as fc from 'fast-check';
import { beforeEach } from 'vitest';

/** A mutant is killed by the first counterexample; nobody reads the smallest one. */
fc.configureGlobal({ endOnFailure: true });

/** Mutants must fall to tests that run in milliseconds. */
const SLOW = /600 generated|a chain of 100,000|from a bundle/;

// Not by a pattern of the configuration, which the runner replaces to choose the tests of each mutant.
beforeEach(({ task, skip }) => skip(SLOW.test(task.name)));

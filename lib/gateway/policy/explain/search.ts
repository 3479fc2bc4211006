import type { Scene } from '../compile/compiled-expression';
import type { CompiledPolicySet } from '../compile/policy-set';
import { type Decision, decide } from '../decide';
import { applyChanges, type Change, changeKey, inputName } from './change';

/** How many changed scenes are decided at most; at some 40 µs each this stays about a quarter of a second. */
const MAX_TRIALS = 6_000;

/** Trials the exhaustive search leaves for plans, which are few but have to be tried and reduced. */
const KEPT_TRIALS = 300;

/** Finding the changes that matter once groups are joined takes about as long as this many trials. */
const TRIALS_PER_BRANCH = 10;

/** Tries changes out by deciding again, within a budget. */
export class FlipTrials {
  #left = MAX_TRIALS;

  constructor(
    private readonly policies: CompiledPolicySet,
    private readonly scene: Scene,
    private readonly wanted: Decision['effect'],
  ) {}

  get left(): number {
    return this.#left;
  }

  /** Whether the changes turn the decision; breaking a policy with an evaluation error does not count. */
  flips(changes: readonly Change[]): boolean {
    if (this.#left <= 0) return false;
    this.#left--;
    const changed = applyChanges(this.scene, changes);
    if (!changed) return false;
    const { effect, basis } = decide(this.policies, changed, changed.entities);
    return effect === this.wanted && basis !== 'policy-error';
  }

  /** Leaves out what is not needed after all. */
  reduce(changes: readonly Change[]): readonly Change[] {
    const unneeded = changes.find((change) => this.flips(changes.filter((other) => other !== change)));
    return unneeded ? this.reduce(changes.filter((change) => change !== unneeded)) : changes;
  }
}

/** All that may be changed, told apart by the groups that are joined. */
export interface SearchSpace {
  readonly joins: readonly Change[];
  /** The other changes that matter once these groups are joined; `undefined` if they cannot be joined together. */
  readonly changesAfter: (joins: readonly Change[]) => readonly Change[] | undefined;
}

/**
 * Tries all combinations of changes of different inputs, smaller ones first, as far as the budget allows a whole
 * size to be tried and something is left for what follows.
 *
 * @returns the first that flips, the largest size that was tried in full, and whether that was everything
 */
export function searchExhaustively(
  { joins, changesAfter }: SearchSpace,
  trials: FlipTrials,
): { readonly found?: readonly Change[]; readonly triedSize: number; readonly isComplete: boolean } {
  const groups = groupByInput(joins);
  const branches: { readonly fixed: readonly Change[]; readonly inputs: Change[][] }[] = [];
  const addBranches = (size: number) => {
    for (const fixed of combinations(groups, size)) {
      const changes = changesAfter(fixed);
      if (changes) branches.push({ fixed, inputs: groupByInput(changes, fixed) });
    }
  };
  addBranches(0);
  for (
    let size = 1;
    size <= groups.length || branches.some(({ fixed, inputs }) => fixed.length + inputs.length >= size);
    size++
  ) {
    const newBranches = countCombinations(groups, size);
    if (newBranches * TRIALS_PER_BRANCH > trials.left - KEPT_TRIALS) return { triedSize: size - 1, isComplete: false };
    addBranches(size);
    const count = branches.reduce((sum, { fixed, inputs }) => sum + countCombinations(inputs, size - fixed.length), 0);
    if (count > trials.left - KEPT_TRIALS) return { triedSize: size - 1, isComplete: false };
    for (const { fixed, inputs } of branches) {
      for (const combination of combinations(inputs, size - fixed.length)) {
        const changes = [...fixed, ...combination];
        if (trials.flips(changes)) return { found: changes, triedSize: size, isComplete: false };
      }
    }
  }
  return { triedSize: Infinity, isComplete: true };
}

/** The distinct changes of each input that is not fixed already. */
function groupByInput(changes: readonly Change[], fixed: readonly Change[] = []): Change[][] {
  const taken = new Set(fixed.map(inputName));
  const inputs = new Map<string, Map<string, Change>>();
  for (const change of changes) {
    const name = inputName(change);
    if (taken.has(name)) continue;
    const ofInput = inputs.get(name) ?? new Map<string, Change>();
    inputs.set(name, ofInput);
    if (!ofInput.has(changeKey(change))) ofInput.set(changeKey(change), change);
  }
  return Array.from(inputs.values(), (ofInput) => [...ofInput.values()]);
}

/** How many ways there are to change `size` inputs: the elementary symmetric polynomial of their choices. */
function countCombinations(inputs: readonly Change[][], size: number): number {
  const counts = [1, ...Array<number>(size).fill(0)];
  for (const { length } of inputs) {
    for (let chosen = size; chosen > 0; chosen--) counts[chosen]! += counts[chosen - 1]! * length;
  }
  return counts[size]!;
}

function* combinations(inputs: readonly Change[][], size: number): Generator<Change[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [position, choices] of inputs.entries()) {
    for (const choice of choices) {
      for (const rest of combinations(inputs.slice(position + 1), size - 1)) yield [choice, ...rest];
    }
  }
}

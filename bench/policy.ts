import { Cedar } from '@/lib/gateway/policy/cedar/cedar';
import { decide, decideInput, policiesInScope } from '@/lib/gateway/policy/decide';
import { compareWithCedar, type Difference } from '@/lib/gateway/policy/differential/compare';
import { runTrials } from '@/lib/gateway/policy/differential/trials';
import { EntityStore } from '@/lib/gateway/policy/entity-store';
import { explain } from '@/lib/gateway/policy/explain/explain';
import { parseRequest } from '@/lib/gateway/policy/request';
import { replayRows } from './policy-replay';
import { casesFor, compileSources, makeScene, type PolicyScene, SEED } from './policy-scene';
import { unscopedPolicies } from './policy-world';
import type { BenchRow } from './row';
import { at, bytesPerCall, round, timeRows, timesOf } from './times';

export interface BenchOptions {
  /** A tenth of the work, to see that everything runs. */
  readonly quick?: boolean;
  /** Whether to compare with cedar-wasm too, which takes minutes; yes by default. */
  readonly compare?: boolean;
}

const INPUTS = 10_000;

/** Measures decisions of the product's shape, their explanation and replay, and the agreement with cedar-wasm. */
export async function run({ quick = false, compare = true }: BenchOptions = {}): Promise<BenchRow[]> {
  const cedar = new Cedar();
  const scale = quick ? 0.1 : 1;
  const decisions = 500_000 * scale;
  try {
    const small = await makeScene(cedar, 200, INPUTS);
    const large = await makeScene(cedar, 2_000, INPUTS);
    return [
      ...deciding('200 policies', small, decisions, { p50: 10, p99: 50 }),
      ...deciding('2,000 policies', large, decisions, { p99: 1_000 }),
      ...(await worstCase(cedar, large, decisions / 10)),
      await referenceEngine(cedar, small, 2_000 * scale),
      ...explaining(small, 300 * scale),
      ...(await replayRows(cedar, small, 1_000_000 * scale)),
      ...(compare ? await productAgreement(cedar, small, 5_000 * scale) : []),
      ...(compare ? await generatedAgreement(cedar, 1_000 * scale) : []),
    ];
  } finally {
    await cedar.close();
  }
}

function deciding(name: string, scene: PolicyScene, count: number, goals: { p50?: number; p99: number }): BenchRow[] {
  const { policies, base, inputs } = scene;
  const questions = inputs.map(({ request, entities }) => ({
    request: parseRequest(request),
    entities: entities.length > 0 ? EntityStore.fromJson(entities, base) : base,
  }));
  const decideParsed = (index: number) => {
    const { request, entities } = questions[index % INPUTS]!;
    return decide(policies, request, entities);
  };
  const decideJson = (index: number) => decideInput(policies, inputs[index % INPUTS]!, base);
  let inScope = 0;
  for (const { request, entities } of questions) inScope += [...policiesInScope(policies, request, entities)].length;
  const allowed = questions.filter((_, index) => decideParsed(index).effect === 'allow').length;
  return [
    { name: `${name}: whose scope matches a request, mean`, value: round(inScope / INPUTS), unit: 'policies' },
    { name: `${name}: requests allowed`, value: round((100 * allowed) / INPUTS), unit: '%' },
    ...timeRows(`${name}: decision`, timesOf(count, decideParsed), goals),
    { name: `${name}: memory used by a decision`, value: bytesPerCall(decideParsed), unit: 'bytes' },
    ...timeRows(`${name}: decision with the reading of its JSON`, timesOf(count, decideJson), goals),
  ];
}

/** Every policy has to be evaluated for every request, because none has a scope. */
async function worstCase(cedar: Cedar, { base, inputs }: PolicyScene, count: number): Promise<BenchRow[]> {
  const policies = await compileSources(cedar, unscopedPolicies(2_000));
  const requests = inputs.map(({ request }) => parseRequest(request));
  const decideOne = (index: number) => decide(policies, requests[index % INPUTS]!, base);
  const name = '2,000 policies that all apply: decision';
  return timeRows(name, timesOf(count, decideOne), { p99: 1_000 });
}

/** What the same decisions take in cedar-wasm, messages to its thread included. */
async function referenceEngine(cedar: Cedar, scene: PolicyScene, count: number): Promise<BenchRow> {
  const cases = casesFor(scene, count);
  await cedar.authorise(scene.sources, cases.slice(0, 100));
  const started = performance.now();
  await cedar.authorise(scene.sources, cases);
  const micros = ((performance.now() - started) * 1_000) / count;
  return { name: '200 policies: decision by cedar-wasm, mean, to compare', value: round(micros), unit: 'µs' };
}

function explaining({ policies, base, inputs }: PolicyScene, count: number): BenchRow[] {
  let flips = 0;
  let proven = 0;
  const explainOne = (index: number) => {
    const { request, entities } = inputs[index]!;
    const { flip } = explain(policies, parseRequest(request), EntityStore.fromJson(entities, base));
    if (flip.changes) flips++;
    if (flip.changes && flip.isMinimal) proven++;
  };
  const times = timesOf(count, explainOne, 0);
  return [
    { name: '200 policies: explanation, p50', value: round(at(times, 0.5) / 1_000), unit: 'ms' },
    { name: '200 policies: explanation, p99', value: round(at(times, 0.99) / 1_000), unit: 'ms' },
    { name: 'explanations with a change that flips the decision', value: round((100 * flips) / count), unit: '%' },
    { name: 'of them proven smallest', value: round((100 * proven) / flips), unit: '%' },
  ];
}

/** The product's own shape of policies and requests, put to both engines. */
async function productAgreement(cedar: Cedar, scene: PolicyScene, count: number): Promise<BenchRow[]> {
  const cases = casesFor(scene, count);
  const { compared, differences } = await compareWithCedar(cedar, scene.sources, scene.policies, cases);
  return [
    { name: "requests of the product's shape compared with cedar-wasm", value: compared, unit: 'requests' },
    differenceRow(differences),
  ];
}

async function generatedAgreement(cedar: Cedar, policySets: number): Promise<BenchRow[]> {
  const trials = await runTrials(cedar, { seed: SEED, policySets, casesPerSet: 100 });
  const goal = 100_000;
  const compared = { value: trials.compared, goal: `≥ ${goal}`, met: trials.compared >= goal };
  return [
    { name: 'generated requests compared with cedar-wasm', unit: 'requests', ...compared },
    { name: 'generated policies they were put to', value: trials.policies, unit: 'policies' },
    { name: 'operators and functions in them', value: trials.operators.size, unit: 'kinds' },
    { name: 'requests that were allowed', value: trials.allowed, unit: 'requests' },
    { name: 'requests on which some policy failed', value: trials.erroneous, unit: 'requests' },
    differenceRow(trials.differences),
  ];
}

function differenceRow(differences: readonly Difference[]): BenchRow {
  if (differences.length > 0) console.error(JSON.stringify(differences[0], undefined, 1));
  const name = 'of them decided otherwise, or for other reasons or errors';
  return { name, value: differences.length, unit: 'requests', goal: '0', met: differences.length === 0 };
}

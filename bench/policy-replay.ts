import type { Cedar } from '@/lib/gateway/policy/cedar/cedar';
import { decideInput } from '@/lib/gateway/policy/decide';
import { type RecordedDecision, replay, type ReplayChange, type ReplaySummary } from '@/lib/gateway/policy/replay';
import { parseExactJson, stringifyExactJson } from '@/lib/gateway/policy/values/exact-json';
import { compileSources, type PolicyScene } from './policy-scene';
import type { BenchRow } from './row';
import { round } from './times';

const GOAL_SECONDS = 20;
const MILLION = 1_000_000;

/**
 * Replays recorded requests, read from their JSON text, under a set in which four rules were edited, and checks
 * the difference it lists against deciding each of the texts by itself.
 */
export async function replayRows(cedar: Cedar, scene: PolicyScene, count: number): Promise<BenchRow[]> {
  const { policies, base, inputs } = scene;
  const candidate = await compileSources(cedar, { policies: editedPolicies(scene.sources.policies) });
  const texts = inputs.map((input) =>
    stringifyExactJson({ id: '', ...input, effect: decideInput(policies, input, base).effect }),
  );
  const started = performance.now();
  const { changes, summary } = await collect(replay(records(texts, count), candidate, { base }));
  const seconds = (performance.now() - started) / 1_000;
  const expected = countChanges(
    texts.map((text) => Number(changesUnder(text))),
    count,
  );
  if (changes.length !== expected || summary.replayed !== count || summary.unreadable > 0) {
    throw new Error(`The replay lists ${changes.length} changes instead of ${expected}: ${JSON.stringify(summary)}`);
  }
  return [
    {
      name: `${count} recorded requests replayed under an edited set`,
      value: round(seconds),
      unit: 's',
      goal: `≤ ${GOAL_SECONDS} per 10⁶`,
      met: seconds <= (GOAL_SECONDS * count) / MILLION,
    },
    { name: 'newly denied, each listed', value: summary.newlyDenied, unit: 'requests' },
    { name: 'newly allowed, each listed', value: summary.newlyAllowed, unit: 'requests' },
  ];

  function changesUnder(text: string): boolean {
    const record = parseExactJson(text) as RecordedDecision;
    return decideInput(candidate, record, base).effect !== record.effect;
  }
}

/** What an administrator might do in one evening: lower a limit, lift another, drop a permit, add a forbid. */
function editedPolicies(policies: Readonly<Record<string, string>>): Record<string, string> {
  const { 'org-0': _dropped, ...kept } = policies;
  const edit = (id: string, before: string, after: string) => {
    const text = kept[id]!;
    if (!text.includes(before)) throw new Error(`${id} has no ${before}: ${text}`);
    return { [id]: text.replace(before, after) };
  };
  return {
    ...kept,
    ...edit('product-4', '> 600', '> 550'),
    ...edit('product-12', '>= 4', '>= 5'),
    'org-new': 'forbid (principal in AgentGroup::"unit-2", action == Action::"egress_connect", resource);',
  };
}

function* records(texts: readonly string[], count: number): Generator<RecordedDecision> {
  for (let n = 0; n < count; n++) {
    yield { ...(parseExactJson(texts[n % texts.length]!) as RecordedDecision), id: String(n) };
  }
}

/** How many of `count` records change, when the same texts come again and again. */
function countChanges(isChanged: readonly number[], count: number): number {
  let changes = 0;
  for (let n = 0; n < count; n++) changes += isChanged[n % isChanged.length]!;
  return changes;
}

async function collect(
  run: AsyncGenerator<ReplayChange, ReplaySummary>,
): Promise<{ changes: ReplayChange[]; summary: ReplaySummary }> {
  const changes: ReplayChange[] = [];
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done) return { changes, summary: next.value };
    changes.push(next.value);
  }
}

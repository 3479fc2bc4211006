import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EscalationTimer,
  isTimerDue,
  planEscalation,
  planReceiptWatch,
  pullForward,
  repeatTimer,
  replanEscalation,
} from './escalation';
import { ESCALATION_MATRIX } from './escalation-matrix';
import { HOUR, MINUTE } from './instant';

const start = Date.UTC(2026, 9, 20, 10);
const clock = (hours: number) => ({ obligation: 'ob-1', anchorAt: start, dueAt: start + hours * HOUR });
const minutesAfterStart = (timers: readonly EscalationTimer[]) =>
  Object.fromEntries(timers.map((timer) => [timer.step, (timer.fireAt - start) / MINUTE]));
const stepOf = (timers: readonly EscalationTimer[], step: string) => {
  const found = timers.find((timer) => timer.step === step);
  if (!found) throw new Error(`no timer ${step}`);
  return found;
};

describe('the plan', () => {
  it('follows the share of the clock, for 24 hours as for 4 hours and 72 hours', () => {
    expect(minutesAfterStart(planEscalation(clock(24)))).toEqual({
      start: 0,
      half: 720,
      three_quarters: 1080,
      last_call: 1296,
      overdue: 1440,
    });
    expect(minutesAfterStart(planEscalation(clock(72)))).toMatchObject({ half: 2160, last_call: 3888, overdue: 4320 });
  });

  it('leaves at least half an hour after the last call', () => {
    expect(minutesAfterStart(planEscalation(clock(4)))).toMatchObject({
      three_quarters: 180,
      last_call: 210,
      overdue: 240,
    });
    expect(minutesAfterStart(planEscalation(clock(0.25)))).toMatchObject({ start: 0, last_call: 0, overdue: 15 });
  });

  it('has every timer at the deadline when the clock started after it', () => {
    const late = planEscalation({ obligation: 'ob-1', anchorAt: start, dueAt: start - HOUR });
    expect(new Set(late.map((timer) => timer.fireAt))).toEqual(new Set([start]));
  });

  it('names who, where and what for in every row', () => {
    const rows = ESCALATION_MATRIX.map(({ id, percent, audience, channels, demand }) => [
      id,
      percent,
      audience.join(' '),
      channels.join(' '),
      demand,
    ]);
    expect(rows).toEqual([
      ['start', 0, 'incident_manager deputy', 'app mail chat', 'acknowledgement'],
      ['half', 50, 'incident_manager deputy compliance_officer', 'mail chat', 'draft'],
      ['three_quarters', 75, 'incident_manager ciso_or_ai_officer legal', 'mail phone_task', 'approver'],
      ['last_call', 90, 'incident_manager executive_on_call', 'phone_task', 'go_or_file_incomplete'],
      ['overdue', 100, 'incident_manager management_body', 'mail app', 'late_reason'],
    ]);
  });

  it('refuses a matrix that is empty, out of order, out of range or ambiguous', () => {
    const [first, second] = ESCALATION_MATRIX;
    if (!first || !second) throw new Error('the matrix has rows');
    const bad = [
      [],
      [second, first],
      [first, first],
      [{ ...first, percent: -1 }],
      [first, { ...second, percent: 101 }],
    ];
    for (const matrix of bad) expect(() => planEscalation(clock(24), matrix)).toThrow(RangeError);
    expect(planEscalation(clock(24), [first, { ...second, percent: 0 }])).toHaveLength(2);
  });
});

describe('timers', () => {
  it('are found by a sweep however late it comes, each once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(fc.integer({ min: 0, max: 1_100 }), { minLength: 1, maxLength: 20 }),
        (hours, sweepHours) => {
          const plan = planEscalation(clock(hours));
          const fired = new Set<string>();
          const sweeps = sweepHours.toSorted((a, b) => a - b).map((hour) => start + hour * HOUR);
          for (const now of sweeps) {
            for (const timer of plan) if (isTimerDue(timer, now)) fired.add(timer.key);
          }
          const last = sweeps.at(-1) ?? start;
          expect(fired.size).toBe(plan.filter((timer) => timer.fireAt <= last).length);
        },
      ),
    );
  });

  it('have a key per obligation, step, deadline and repetition', () => {
    const plan = planEscalation(clock(24));
    expect(new Set(plan.map((timer) => timer.key)).size).toBe(plan.length);
    expect(plan[0]?.key).toBe(`ob-1#start@${start + 24 * HOUR}.0`);
    expect(planEscalation(clock(24))).toEqual(plan);
  });

  it('are replaced when the deadline moves and kept when it does not', () => {
    const stored = planEscalation(clock(24)).map((timer, index) => ({ ...timer, firedAt: index < 2 ? start : null }));
    const moved = replanEscalation(stored, clock(20));
    expect(moved.cancel).toEqual(stored.slice(2));
    expect(moved.add).toEqual(planEscalation(clock(20)));
    expect(replanEscalation(stored, clock(24))).toEqual({ cancel: [], add: [] });
    expect(replanEscalation(stored.slice(0, 4), clock(24)).add).toEqual(planEscalation(clock(24)).slice(4));
  });

  it('go on repeating when the deadline moves away and back', () => {
    const stored = planEscalation(clock(24)).map((timer) => ({ ...timer, firedAt: start + 24 * HOUR }));
    const overdue = stepOf(stored, 'overdue');
    const next = { ...repeatTimer(overdue, start + 24 * HOUR)!, firedAt: null };
    expect(replanEscalation([...stored, next], clock(24))).toEqual({ cancel: [], add: [] });
    const away = replanEscalation([...stored, next], clock(30));
    expect(away.cancel).toEqual([next]);
    const pending = away.add.map((timer) => ({ ...timer, firedAt: null }));
    const { firedAt: _unfired, ...again } = next;
    expect(replanEscalation([...pending, ...stored], clock(24))).toEqual({ cancel: pending, add: [again] });
    const firedLate = { ...again, firedAt: again.fireAt + 9 * HOUR };
    expect(replanEscalation([...stored, firedLate], clock(24)).add).toEqual([repeatTimer(again, firedLate.firedAt)]);
  });

  it('of another obligation are not touched', () => {
    const others = planEscalation({ ...clock(24), obligation: 'ob-2' }).map((timer) => ({ ...timer, firedAt: null }));
    expect(replanEscalation(others, clock(20))).toEqual({ cancel: [], add: planEscalation(clock(20)) });
  });

  it('repeat while overdue, once for a stretch that was slept through', () => {
    const overdue = stepOf(planEscalation(clock(24)), 'overdue');
    expect(repeatTimer(overdue, overdue.fireAt)).toMatchObject({ repetition: 1, fireAt: overdue.fireAt + 4 * HOUR });
    const afterSleep = repeatTimer(overdue, overdue.fireAt + 13 * HOUR);
    expect(afterSleep).toMatchObject({ repetition: 4, fireAt: overdue.fireAt + 16 * HOUR, dueAt: overdue.dueAt });
    const onTheDot = repeatTimer(overdue, overdue.fireAt + 4 * HOUR);
    expect(onTheDot).toMatchObject({ repetition: 2, fireAt: overdue.fireAt + 8 * HOUR });
    expect(afterSleep && repeatTimer(afterSleep, afterSleep.fireAt)?.repetition).toBe(5);
    expect(repeatTimer(overdue, overdue.fireAt - HOUR)?.repetition).toBe(1);
    expect(repeatTimer(stepOf(planEscalation(clock(24)), 'half'), start)).toBeNull();
  });

  it('come early when nobody acknowledged in a quarter of an hour', () => {
    const plan = planEscalation(clock(24));
    const first = stepOf(plan, 'start');
    const pending = plan.filter((timer) => timer !== first);
    const firedAt = start + 2 * MINUTE;
    expect(pullForward(first, firedAt, firedAt + 15 * MINUTE - 1, pending)).toBeNull();
    expect(pullForward(first, firedAt, firedAt + 15 * MINUTE, pending)).toEqual({
      ...stepOf(plan, 'half'),
      fireAt: firedAt + 15 * MINUTE,
    });
    expect(pullForward(first, start + 13 * HOUR, start + 14 * HOUR, pending)).toBeNull();
    expect(pullForward(first, firedAt, firedAt + HOUR, [])).toBeNull();
    const ofAnother = planEscalation({ ...clock(24), obligation: 'ob-2' });
    expect(pullForward(first, firedAt, firedAt + HOUR, ofAnother)).toBeNull();
    expect(pullForward(first, firedAt, firedAt + HOUR, [...ofAnother, ...pending])).toMatchObject({
      obligation: 'ob-1',
    });
    const ofAnotherDeadline = pending.map((timer) => ({ ...timer, dueAt: timer.dueAt + 1 }));
    expect(pullForward(first, firedAt, firedAt + HOUR, ofAnotherDeadline)).toBeNull();
    expect(pullForward(stepOf(plan, 'half'), firedAt, firedAt + 99 * HOUR, pending)).toBeNull();
  });

  it('come early after whichever step asked, also after the last', () => {
    const asking = ESCALATION_MATRIX.map((step) => ({ ...step, acknowledgeWithinMinutes: 15 }));
    const plan = planEscalation(clock(24), asking);
    const half = stepOf(plan, 'half');
    const pulled = pullForward(half, half.fireAt, half.fireAt + HOUR, plan.toReversed(), asking);
    expect(pulled).toEqual({ ...stepOf(plan, 'three_quarters'), fireAt: half.fireAt + 15 * MINUTE });
    const late = stepOf(plan, 'three_quarters').fireAt - 15 * MINUTE;
    expect(pullForward(half, late, late + HOUR, plan, asking)).toBeNull();
    const overdue = stepOf(plan, 'overdue');
    expect(pullForward(overdue, overdue.fireAt, overdue.fireAt + HOUR, plan, asking)).toBeNull();
  });

  it('are due from their very instant', () => {
    const first = stepOf(planEscalation(clock(24)), 'start');
    expect([start - 1, start, start + 1].map((at) => isTimerDue(first, at))).toEqual([false, true, true]);
  });

  it('watch for the authority’s receipt after filing', () => {
    expect(planReceiptWatch('ob-1', start)).toMatchObject({ step: 'no_receipt', fireAt: start + 24 * HOUR });
    expect(planReceiptWatch('ob-1', start, 12)).toMatchObject({ fireAt: start + 12 * HOUR });
  });

  it('belong to a step of the matrix', () => {
    expect(() => repeatTimer(planReceiptWatch('ob-1', start), start)).toThrow('the matrix has no step no_receipt');
  });
});

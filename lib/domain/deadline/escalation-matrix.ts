/** Who is told, in the words of the duty rota. */
export type Audience =
  | 'incident_manager'
  | 'deputy'
  | 'compliance_officer'
  | 'ciso_or_ai_officer'
  | 'legal'
  | 'executive_on_call'
  | 'management_body';

export type Channel = 'app' | 'mail' | 'chat' | 'phone_task';

/** What the step asks for. */
export type Demand =
  | 'acknowledgement'
  | 'draft'
  | 'approver'
  | 'go_or_file_incomplete'
  | 'late_reason'
  | 'chase_authority';

/** A step of the escalation matrix. Percentages fit a 4-hour clock as well as a month. */
export interface EscalationStep {
  readonly id: string;
  /** Share of the time from anchor to due that has passed, 0 to 100. */
  readonly percent: number;
  /** Fires at least this long before the deadline, or at once if the clock is shorter. */
  readonly minMinutesBefore: number;
  readonly audience: readonly Audience[];
  readonly channels: readonly Channel[];
  readonly demand: Demand;
  /** Without an acknowledgement within this time the next step comes at once; null if none is asked for. */
  readonly acknowledgeWithinMinutes: number | null;
  /** Repeats until filed; null if it fires once. */
  readonly repeatEveryMinutes: number | null;
}

/** The matrix the product ships; an organisation may replace it with its own rows. */
export const ESCALATION_MATRIX: readonly EscalationStep[] = [
  step('start', 0, ['incident_manager', 'deputy'], ['app', 'mail', 'chat'], 'acknowledgement', { acknowledge: 15 }),
  step('half', 50, ['incident_manager', 'deputy', 'compliance_officer'], ['mail', 'chat'], 'draft'),
  step('three_quarters', 75, ['incident_manager', 'ciso_or_ai_officer', 'legal'], ['mail', 'phone_task'], 'approver'),
  step('last_call', 90, ['incident_manager', 'executive_on_call'], ['phone_task'], 'go_or_file_incomplete', {
    before: 30,
  }),
  step('overdue', 100, ['incident_manager', 'management_body'], ['mail', 'app'], 'late_reason', { repeat: 240 }),
];

/** @throws RangeError if the matrix is empty, out of order, out of range or repeats an id. */
export function checkMatrix(matrix: readonly EscalationStep[]): void {
  const ids = new Set(matrix.map((each) => each.id));
  const isOrdered = matrix.every((each, index) => each.percent >= (matrix[index - 1]?.percent ?? 0));
  const isInRange = matrix.every((each) => each.percent <= 100);
  if (matrix.length === 0 || ids.size !== matrix.length || !isOrdered || !isInRange) {
    throw new RangeError('an escalation matrix needs steps in order from 0 to 100 percent, each with its own id');
  }
}

function step(
  id: string,
  percent: number,
  audience: readonly Audience[],
  channels: readonly Channel[],
  demand: Demand,
  minutes: { readonly before?: number; readonly acknowledge?: number; readonly repeat?: number } = {},
): EscalationStep {
  return {
    id,
    percent,
    minMinutesBefore: minutes.before ?? 0,
    audience,
    channels,
    demand,
    acknowledgeWithinMinutes: minutes.acknowledge ?? null,
    repeatEveryMinutes: minutes.repeat ?? null,
  };
}

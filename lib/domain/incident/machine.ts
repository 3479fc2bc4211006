import { MalformedData, readArray, readObject, readText } from '@/lib/domain/rules/read-json';

/** A state machine as data: from each state, which event leads where. */
export interface Machine<State extends string, Event extends string> {
  readonly initial: State;
  readonly final: readonly State[];
  readonly transitions: readonly Transition<State, Event>[];
}

export interface Transition<State extends string, Event extends string> {
  readonly from: State;
  readonly event: Event;
  readonly to: State;
}

/** The state an event leads to, or null if the machine has no such step. */
export function nextState<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
  event: Event,
): State | null {
  return machine.transitions.find((each) => each.from === state && each.event === event)?.to ?? null;
}

/** The events a state allows, in the order of the machine. */
export function eventsOf<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
): readonly Event[] {
  return machine.transitions.filter((each) => each.from === state).map((each) => each.event);
}

/**
 * Reads the reporting machine of Article 23 from the catalogue file `incident-reporting.json`.
 * @throws MalformedData if a state is not declared, an event is ambiguous, or a state cannot be reached or left.
 */
export function readReportingMachine(catalogue: unknown): Machine<string, string> {
  const source = readObject(catalogue, 'reporting');
  const states = readArray(source['states'], 'states', (item, path) =>
    readText(readObject(item, path)['id'], `${path}.id`),
  );
  const machine: Machine<string, string> = {
    initial: readText(source['initial_state'], 'initial_state'),
    final: readArray(source['final_states'], 'final_states', readText, 1),
    transitions: readArray(source['transitions'], 'transitions', readTransition, 1),
  };
  checkMachine(machine, states);
  return machine;
}

function readTransition(value: unknown, path: string): Transition<string, string> {
  const source = readObject(value, path);
  const text = (key: string) => readText(source[key], `${path}.${key}`);
  return { from: text('from'), event: text('event'), to: text('to') };
}

function checkMachine(machine: Machine<string, string>, states: readonly string[]): void {
  const named = [machine.initial, ...machine.final, ...machine.transitions.flatMap((each) => [each.from, each.to])];
  const stranger = named.find((state) => !states.includes(state));
  if (stranger !== undefined) throw new MalformedData('transitions', `state ${stranger} is not declared`);
  const steps = machine.transitions.map((each) => `${each.from} ${each.event}`);
  if (new Set(steps).size !== steps.length) throw new MalformedData('transitions', 'an event leads two ways');
  const lost = states.find(
    (state) => state !== machine.initial && !machine.transitions.some((each) => each.to === state),
  );
  if (lost !== undefined) throw new MalformedData('transitions', `state ${lost} cannot be reached`);
  const stuck = states.find((state) => !machine.final.includes(state) && eventsOf(machine, state).length === 0);
  if (stuck !== undefined) throw new MalformedData('transitions', `state ${stuck} cannot be left`);
}

import type { AnswerAutomaton } from '../../registry';

/** More states are not looked at. */
const mostStates = 5000;

/** What a reader of an input keeps in mind; states that print alike are one. */
export interface Reader<State> {
  readonly start: State;
  /** Number of symbols of the input. */
  readonly symbols: number;
  /** Null where no input goes on like this. */
  next(state: State, symbol: number): State | null;
  /** Equal numbers for equal answers to inputs of one length; null where no input ends. */
  answer(state: State): number | null;
}

/** The automaton of all states that a reader can come to, state 0 its start; null where they are too many. */
export function exploredAutomaton<State>({ start, symbols, next, answer }: Reader<State>): AnswerAutomaton | null {
  const states: (State | null)[] = [start];
  const place = new Map([[String(start), 0]]);
  const transitions: number[][] = [];
  for (let current = 0; current < states.length; current++) {
    const state = states[current]!;
    const row: number[] = [];
    for (let symbol = 0; symbol < symbols; symbol++) {
      const to = state === null ? null : next(state, symbol);
      const key = String(to);
      if (!place.has(key)) place.set(key, states.push(to) - 1);
      row.push(place.get(key)!);
    }
    if (states.length > mostStates) return null;
    transitions.push(row);
  }
  return { transitions, answers: states.map((state) => (state === null ? null : answer(state))) };
}

import { type CircuitClass, type TaskMeta, task, type UnitClass } from '../registry';
import { Automaton } from './parts/automaton';
import { AutomatonTask } from './parts/automaton-task';
import { ac0, solvableGroup } from './parts/references';
import { bits } from './parts/symbols';

interface Language {
  /** The members, in words. */
  readonly members: string;
  readonly circuitClass: CircuitClass;
  /** Next states on 0 and on 1. */
  readonly transitions: readonly (readonly [number, number])[];
  readonly accepting: readonly boolean[];
}

/** The seven languages of Tomita 1982, as minimal automata. */
function tomita(number: number, language: Language): UnitClass<'task'> {
  const meta: TaskMeta = {
    id: `tomita-${number}`,
    version: 1,
    title: `Tomita ${number}`,
    summary: `A string of bits; whether it is ${language.members}.`,
    level: 'regular',
    circuitClass: language.circuitClass,
    reference: {
      authors: 'Tomita 1982',
      title: 'Dynamic construction of finite-state automata from examples using hill-climbing',
      identifier: 'Proceedings of the Fourth Annual Conference of the Cognitive Science Society, 105-108',
    },
    answerLengthRule: 'always 1',
    labels: { final: true, aligned: true },
  };
  @task(meta)
  class Tomita extends AutomatonTask {
    constructor() {
      super(bits, new Automaton(language.transitions, language.accepting));
    }
  }
  return Tomita;
}

export const Tomita1 = tomita(1, {
  members: 'all ones',
  circuitClass: ac0,
  transitions: [
    [1, 0],
    [1, 1],
  ],
  accepting: [true, false],
});

export const Tomita2 = tomita(2, {
  members: '10 repeated',
  circuitClass: ac0,
  transitions: [
    [2, 1],
    [0, 2],
    [2, 2],
  ],
  accepting: [true, false, false],
});

/** States: 0 an even run of ones (or none), 1 an odd one, 2 and 3 an odd and an even run of zeros after an odd one. */
export const Tomita3 = tomita(3, {
  members: 'without an odd run of ones followed by an odd run of zeros',
  circuitClass: ac0,
  transitions: [
    [0, 1],
    [2, 0],
    [3, 4],
    [2, 1],
    [4, 4],
  ],
  accepting: [true, true, false, true, false],
});

/** The state is the number of zeros at the end. */
export const Tomita4 = tomita(4, {
  members: 'without three zeros in a row',
  circuitClass: ac0,
  transitions: [
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 3],
  ],
  accepting: [true, true, true, false],
});

/** The state is (zeros mod 2) + 2 (ones mod 2). */
export const Tomita5 = tomita(5, {
  members: 'of an even number of zeros and an even number of ones',
  circuitClass: solvableGroup,
  transitions: [
    [1, 2],
    [0, 3],
    [3, 0],
    [2, 1],
  ],
  accepting: [true, false, false, false],
});

/** The state is zeros - ones mod 3. */
export const Tomita6 = tomita(6, {
  members: 'with a difference of zeros and ones that 3 divides',
  circuitClass: solvableGroup,
  transitions: [
    [1, 2],
    [2, 0],
    [0, 1],
  ],
  accepting: [true, false, false],
});

/** The state is the number of changes, counted from an imagined 0 in front. */
export const Tomita7 = tomita(7, {
  members: 'zeros, then ones, then zeros, then ones, each perhaps none',
  circuitClass: ac0,
  transitions: [
    [0, 1],
    [2, 1],
    [2, 3],
    [4, 3],
    [4, 4],
  ],
  accepting: [true, true, true, true, false],
});

import { IsNotEmpty, IsString } from 'class-validator';
import { type TaskMeta, family, task, type UnitClass } from '../registry';
import { readAutomaton } from './parts/automaton-file';
import { DescribedAutomaton } from './parts/described-automaton';
import { hopcroftUllman, solvableGroup } from './parts/references';
import { remembering } from './parts/remember';
import { circuitClassOfLanguage } from './parts/algebra/circuit-class';

/** Binary numbers that 3 divides: the state is the remainder. */
const multiplesOfThree = `{
  "alphabet": ["0", "1"],
  "states": ["r0", "r1", "r2"],
  "initial_state": "r0",
  "accepting_states": ["r0"],
  "transitions": {
    "r0": { "0": "r0", "1": "r1" },
    "r1": { "0": "r2", "1": "r0" },
    "r2": { "0": "r1", "1": "r2" }
  }
}`;

export class AutomatonHyperparameters {
  /** In JSON: alphabet, states, initial_state, accepting_states, transitions. */
  @IsString() @IsNotEmpty() description = multiplesOfThree;
}

const meta = {
  id: 'automaton',
  version: 1,
  title: 'Automaton',
  summary: "A word; whether a finite automaton accepts it: binary numbers that 3 divides, or one's own.",
  level: 'regular',
  circuitClass: solvableGroup,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  // Of an automaton whose monoid is not computed; otherwise the class is.
  theory: { circuitClass: 'NC1' },
} satisfies TaskMeta;

const read = remembering(readAutomaton);

/** Recognition of the language of a finite automaton. */
@task({ ...meta, hyperparameters: AutomatonHyperparameters })
export class AutomatonLanguage extends DescribedAutomaton {
  constructor({ description } = new AutomatonHyperparameters()) {
    super('automaton', 'the automaton', read(description));
  }
}

/** A task of its own for an automaton, called `automaton:NAME`. */
export function createAutomatonTask(name: string, description: string): UnitClass<'task'> {
  const circuitClass = circuitClassOfLanguage(read(description).automaton);
  const id = `automaton:${name}`;
  const summary = `A word; whether the automaton ${name} accepts it.`;
  @task({ ...meta, id, title: id, summary, circuitClass, variantOf: 'automaton' })
  class NamedAutomaton extends AutomatonLanguage {
    constructor() {
      super({ description });
    }
  }
  return NamedAutomaton;
}

/** `automaton:FILE` is the name of such a task. */
family({ base: 'automaton', hyperparameter: 'description', fromFile: true }, createAutomatonTask);

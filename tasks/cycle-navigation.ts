import { IsInt, Max, Min } from 'class-validator';
import { type AnswerAutomaton, type Rng, type Task, task } from '../registry';
import { deletang2023, solvableGroup } from './parts/references';
import { numerals, uniformSymbols } from './parts/symbols';

export class CycleNavigationHyperparameters {
  /** Number of places on the cycle. */
  @IsInt() @Min(2) @Max(1000) cycle = 5;
}

/** Where steps back, none and forward lead on a cycle (task cycle_navigation of Deletang et al. 2023). */
@task({
  id: 'cycle-navigation',
  version: 1,
  title: 'Cycle navigation',
  summary: 'Steps back, none or forward on a cycle of 5 places; the place reached from place 0.',
  level: 'regular',
  circuitClass: solvableGroup,
  reference: deletang2023('Cycle Navigation'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  hyperparameters: CycleNavigationHyperparameters,
  otherNames: [{ name: 'Cycle Nav', source: 'xLSTM (Beck et al. 2024)' }],
})
export class CycleNavigation implements Task {
  readonly alphabets;
  private readonly cycle;

  constructor({ cycle } = new CycleNavigationHyperparameters()) {
    this.cycle = cycle;
    this.alphabets = { input: ['back', 'stay', 'forward'], output: numerals(cycle), trace: numerals(cycle) };
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 3);
  }
  solve(input: readonly number[]): number[] {
    let place = 0;
    for (const move of input) place = this.next(place, move);
    return [place];
  }
  answerLength(): number {
    return 1;
  }
  /** The place after each step. */
  trace(input: readonly number[]): number[] {
    let place = 0;
    return input.map((move) => (place = this.next(place, move)));
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
  aligned(input: readonly number[]): number[] {
    return this.trace(input);
  }
  answerAutomaton(): AnswerAutomaton {
    const places = Array.from({ length: this.cycle }, (_, place) => place);
    return { transitions: places.map((place) => [0, 1, 2].map((move) => this.next(place, move))), answers: places };
  }

  /** Ids 0, 1, 2 mean -1, 0, +1. */
  private next(place: number, move: number): number {
    return (place + move - 1 + this.cycle) % this.cycle;
  }
}

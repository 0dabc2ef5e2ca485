import { task, type Plugin, type Rng, type Task } from 'chomsky-zoo';
import { IsInt, Max, Min } from 'class-validator';
import { injectable } from 'tsyringe';

export class ResetCountHyperparameters {
  @IsInt() @Min(2) @Max(9) modulus = 4;
}

const [tick, reset, pause] = [0, 1, 2];

/**
 * Draws strings whose last reset is anywhere with the same probability, or nowhere: uniform symbols would have it within a few
 * symbols of the end, and nobody would have to count far.
 */
@injectable()
export class ResetGenerator {
  draw(rng: Rng, length: number): number[] {
    const last = rng.integer(length + 1) - 1; // -1: no reset at all
    return Array.from({ length }, (_, at) => {
      if (at === last) return reset;
      return rng.choice(at < last ? [tick, reset, pause] : [tick, pause]);
    });
  }
}

const reference = {
  authors: 'Liu et al. 2023',
  title: 'Transformers Learn Shortcuts to Automata',
  identifier: '2210.10749',
};

/** How often the clock ticked since it was last reset, modulo a number. */
@task({
  id: 'reset-count',
  version: 1,
  title: 'Reset count',
  summary: 'Ticks, resets and pauses; the number of ticks since the last reset, modulo 4.',
  level: 'regular',
  circuitClass: { name: 'ACC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  hyperparameters: ResetCountHyperparameters,
})
export class ResetCount implements Task {
  readonly alphabets: Task['alphabets'];

  constructor(
    private readonly hyperparameters: ResetCountHyperparameters,
    private readonly generator: ResetGenerator,
  ) {
    const counts = Array.from({ length: hyperparameters.modulus }, (_, count) => String(count));
    this.alphabets = { input: ['tick', 'reset', 'pause'], output: counts, trace: counts };
  }
  sample(rng: Rng, length: number): number[] {
    return this.generator.draw(rng, length);
  }
  solve(input: readonly number[]): number[] {
    const since = input.slice(input.lastIndexOf(reset) + 1);
    return [since.filter((symbol) => symbol === tick).length % this.hyperparameters.modulus];
  }
  answerLength(): number {
    return 1;
  }
  aligned(input: readonly number[]): number[] {
    let count = 0;
    return input.map((symbol) => {
      if (symbol === reset) count = 0;
      if (symbol === tick) count = (count + 1) % this.hyperparameters.modulus;
      return count;
    });
  }
  trace(input: readonly number[]): number[] {
    return this.aligned(input);
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
}

const plugin: Plugin = { name: 'zoo-reset-count', version: '0.1.0', zoo: '^0.1.0', tasks: [ResetCount] };
export default plugin;

import { IsInt, Max, Min } from 'class-validator';
import { type AnswerAutomaton, type Rng, type Task, zooError, task } from '../registry';
import { ac0 } from './parts/references';
import { bits } from './parts/symbols';

const write = 2;
const ignore = 3;
const read = 4;

export class FlipFlopHyperparameters {
  /** Percent of the instructions between the first and the last that are `ignore`; the rest is half write, half read. */
  @IsInt() @Min(0) @Max(100) ignorePercent = 80;
}

/** The bit that a one-bit memory holds. */
@task({
  id: 'flip-flop',
  version: 1,
  title: 'Flip-flop',
  summary: 'Instructions write, ignore and read, each with a bit, the last a read; the bit last written.',
  level: 'regular',
  circuitClass: ac0,
  reference: {
    authors: 'Liu et al. 2023',
    title: 'Exposing Attention Glitches with Flip-Flop Language Modeling',
    identifier: 'arXiv:2306.00946',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  // Retrieving what stands behind the last write is outside, with positions too (Jobanputra et al. 2025, theorem 1).
  theory: { cRaspWithPositions: false, resetLayers: 2 },
  hyperparameters: FlipFlopHyperparameters,
  otherNames: [
    { name: 'FFLM', source: 'Liu et al. 2023' },
    { name: 'flipflop language', source: 'Liu et al. 2023' },
  ],
})
export class FlipFlop implements Task {
  readonly alphabets = { input: [...bits, 'write', 'ignore', 'read'], output: bits, trace: bits };
  private readonly ignorePercent;

  constructor({ ignorePercent } = new FlipFlopHyperparameters()) {
    this.ignorePercent = ignorePercent;
  }

  /** Pairs of an instruction and its bit, then the last read: an odd length, at least 3. */
  inputLength(length: number): number {
    return Math.max(3, length - 1 + (length % 2));
  }
  /** The first instruction is a write. Bits written and ignored are uniform, bits read are the ones held. */
  sample(rng: Rng, length: number): number[] {
    const symbols = new Array<number>(this.inputLength(length));
    let held = 0;
    for (let place = 0; place < symbols.length - 1; place += 2) {
      const instruction = place === 0 ? write : this.instruction(rng);
      const bit = instruction === read ? held : rng.integer(2);
      if (instruction === write) held = bit;
      symbols[place] = instruction;
      symbols[place + 1] = bit;
    }
    symbols[symbols.length - 1] = read;
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    return [this.trace(input).at(-1)!];
  }
  answerLength(): number {
    return 1;
  }
  /** The bit held after each instruction with its bit. */
  trace(input: readonly number[]): number[] {
    if (input.length < 3 || input.length % 2 === 0 || input[0] !== write) throw this.malformed(0);
    const states: number[] = [];
    for (let place = 0; place < input.length - 1; place += 2) {
      const [instruction, bit] = [input[place]!, input[place + 1]!];
      if (instruction < write || bit >= write) throw this.malformed(place);
      states.push(instruction === write ? bit : states.at(-1)!);
    }
    if (input.at(-1) !== read) throw this.malformed(input.length - 1);
    return states;
  }
  traceLength(inputLength: number): number {
    return (inputLength - 1) / 2;
  }

  /** The state is the bit held, plus 2 where the next one is to be written. It knows no malformed input. */
  answerAutomaton(): AnswerAutomaton {
    const states = [0, 1, 2, 3];
    return {
      transitions: states.map((state) => [
        ...[0, 1].map((bit) => (state < 2 ? state : bit)),
        2 + (state % 2),
        state % 2,
        state % 2,
      ]),
      answers: states.map((state) => state % 2),
    };
  }

  private instruction(rng: Rng): number {
    if (rng.integer(100) < this.ignorePercent) return ignore;
    return rng.integer(2) === 0 ? write : read;
  }
  private malformed(place: number) {
    const form = 'a write with its bit, instructions with their bits, and a last read';
    return zooError('malformed-input', {
      task: 'flip-flop',
      problem: `position ${place} does not fit`,
      form,
    });
  }
}

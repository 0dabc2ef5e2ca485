import { type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { ballotPath } from './parts/ballot';
import { bracketsAlong, openKinds } from './parts/bracket-words';
import { chomskySchutzenberger, dyckThreshold } from './parts/references';

/** Output ids of the closing brackets are those of the kinds, 0 `)` and 1 `]`. */
const end = 2;
/** Trace ids: 0 `(`, 1 `[`, and what ends one stack. */
const separator = 2;

/** The brackets that complete a prefix of a Dyck word over two kinds of brackets. */
@task({
  id: 'brackets',
  version: 1,
  title: 'Brackets',
  summary: 'A prefix of a well-nested string of round and square brackets; the brackets that complete it.',
  level: 'deterministic-context-free',
  circuitClass: dyckThreshold,
  reference: chomskySchutzenberger,
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
  theory: stackOf,
})
export class Brackets implements Task {
  readonly alphabets = { input: ['(', ')', '[', ']'], output: [')', ']', 'end'], trace: ['(', '[', ','] };

  /** The final depth is uniform over 1..length of the length's parity; given it, every prefix is equally likely. */
  sample(rng: Rng, length: number): number[] {
    const shallowest = length % 2 === 0 ? 2 : 1;
    const depth = shallowest + 2 * rng.integer(Math.floor((length + 1) / 2));
    return bracketsAlong(rng, ballotPath(rng, length, depth), 2);
  }
  solve(input: readonly number[]): number[] {
    const open = this.openKinds(input);
    const answer = new Array<number>(input.length + 1).fill(end);
    open.toReversed().forEach((kind, i) => (answer[i] = kind));
    return answer;
  }
  /** The closing brackets and one end. */
  scored(input: readonly number[]): number {
    return this.openKinds(input).length + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
  }
  /** The open brackets after each symbol, outermost first, each stack followed by a comma. */
  trace(input: readonly number[]): number[] {
    const stacks: number[] = [];
    this.openKinds(input, (open) => stacks.push(...open, separator));
    return stacks;
  }
  /** All opening: 1 + 2 + ... + n brackets and n commas. */
  traceLength(inputLength: number): number {
    return (inputLength * (inputLength + 1)) / 2 + inputLength;
  }

  /** As `openKinds` of the parts; throws `malformed-input` if a bracket closes nothing of its kind. */
  private openKinds(input: readonly number[], visit?: (open: readonly number[]) => void): readonly number[] {
    return openKinds(input, (open, position) => {
      if (open) return visit?.(open);
      const problem = `"${this.alphabets.input[input[position]!]}" at position ${position} closes nothing of its kind`;
      throw zooError('malformed-input', { task: 'brackets', problem, form: 'a prefix of a well-nested string' });
    })!;
  }
}

import { type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { ballotPath } from './parts/ballot';
import { bracketsAlong, isOpening, kindOf, openKinds } from './parts/bracket-words';
import { chomskySchutzenberger, dyckThreshold } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { TraceHyperparameters } from './parts/trace-length';

/** Output ids of the closing brackets are those of the kinds, 0 `)` and 1 `]`. */
const end = 2;
/** Trace ids: 0 `(`, 1 `[`, and what ends one stack. */
const separator = 2;
/** Ids of the linear trace: those of the closing brackets in answers, then what is not closed at the end, then digits. */
const notOpen = 2;
const firstDigit = 3;

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
  hyperparameters: TraceHyperparameters,
})
export class Brackets implements Task {
  readonly alphabets;

  constructor(private readonly settings = new TraceHyperparameters()) {
    const trace = settings.trace === 'linear' ? [')', ']', '.', ...decimalDigits] : ['(', '[', ','];
    this.alphabets = { input: ['(', ')', '[', ']'], output: [')', ']', 'end'], trace };
  }

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
  /** The open brackets after each symbol, outermost first, each stack followed by a comma; or the linear one. */
  trace(input: readonly number[]): number[] {
    if (this.settings.trace === 'linear') return this.linearTrace(input);
    const stacks: number[] = [];
    this.openKinds(input, (open) => stacks.push(...open, separator));
    return stacks;
  }
  /** All opening: 1 + 2 + ... + n brackets and n commas. */
  traceLength(inputLength: number): number {
    if (this.settings.trace === 'linear') return inputLength * (1 + decimalWidth(inputLength));
    return (inputLength * (inputLength + 1)) / 2 + inputLength;
  }

  /**
   * For each symbol, from the last to the first: the bracket that closes it, if it is still open at the end, otherwise a
   * full stop; then how many of the closing brackets seen so far have not met theirs, padded to the digits of the input length.
   */
  private linearTrace(input: readonly number[]): number[] {
    this.openKinds(input);
    const width = decimalWidth(input.length);
    let closing = 0;
    return input.toReversed().flatMap((symbol) => {
      const staysOpen = isOpening(symbol) && closing === 0;
      if (!staysOpen) closing += isOpening(symbol) ? -1 : 1;
      const digits = toDecimal(closing, width).map((digit) => firstDigit + digit);
      return [staysOpen ? kindOf(symbol) : notOpen, ...digits];
    });
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

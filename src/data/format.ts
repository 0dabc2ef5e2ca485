import type { AnswerMode } from '../core/contracts/architecture';
import type { Task } from '../core/contracts/task';
import type { Protocol } from '../core/protocol';
import { computationToken, Vocabulary } from './vocabulary';

/** `count` positions from `first` on. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** One training sequence. `targets[t]` is what the model should predict at `tokens[t]`. */
export interface Sequence {
  readonly tokens: readonly number[];
  readonly targets: readonly number[];
  /** The only positions whose targets count. */
  readonly scored: Span;
}

export interface Answer {
  /** Ids of the output alphabet; -1 for a token that is none of its symbols. */
  readonly answer: readonly number[];
  /** Ids of the trace alphabet, where the row writes one. */
  readonly trace?: readonly number[];
  /** Where an answer, or the end of it, was not reached within the longest sequence that the task needs. */
  readonly isUnfinished?: boolean;
}

/**
 * How a task's inputs, traces and answers become token sequences in one answer mode (docs/sequences.md):
 *
 *     direct            input <equals> [<computation> ... <computation>] <slot> ... <slot>
 *     chain-of-thought  input <equals> trace <answer> answer <end>
 *     filler            input <equals> <filler> ... <filler> <answer> answer <end>
 */
export abstract class SequenceFormat {
  readonly vocabulary: Vocabulary;

  constructor(
    readonly task: Task,
    readonly mode: AnswerMode,
    vocabulary = new Vocabulary(task.alphabets, mode),
  ) {
    this.vocabulary = vocabulary;
  }

  /** Most tokens a sequence for inputs of this length can have. */
  abstract maximumTokens(inputLength: number): number;
  /** Most positions of a sequence that are scored, for inputs of this length. */
  abstract maximumScored(inputLength: number): number;
  /** The training sequence of one input. */
  abstract encode(input: readonly number[]): Sequence;
  /** What the model is given at evaluation: the sequence up to the first token that it has to predict. */
  abstract prompt(input: readonly number[]): number[];

  protected inputTokens(input: readonly number[]): number[] {
    const tokens = input.map((id) => this.vocabulary.input[id]!);
    tokens.push(this.vocabulary.special('<equals>'));
    return tokens;
  }
  protected answerTokens(input: readonly number[]): number[] {
    return this.task.solve(input).map((id) => this.vocabulary.output[id]!);
  }
  protected scoredLength(input: readonly number[], answer: readonly number[]): number {
    return this.task.scored?.(input) ?? answer.length;
  }
}

/**
 * The answer is predicted at slots, all in one pass: the model never sees its own outputs. Before them are
 * `computationSteps` blank tokens for every input token.
 */
export class DirectFormat extends SequenceFormat {
  constructor(
    task: Task,
    private readonly computationSteps = 0,
  ) {
    super(task, 'direct', new Vocabulary(task.alphabets, 'direct', { hasComputation: computationSteps > 0 }));
  }
  maximumTokens(inputLength: number): number {
    return this.firstSlot(inputLength) + this.task.answerLength(inputLength);
  }
  maximumScored(inputLength: number): number {
    return this.task.answerLength(inputLength);
  }
  prompt(input: readonly number[]): number[] {
    const { vocabulary, computationSteps } = this;
    const steps = Array<number>(computationSteps * input.length).fill(vocabulary.special(computationToken));
    const slots = Array<number>(this.task.answerLength(input.length)).fill(vocabulary.special('<slot>'));
    return [...this.inputTokens(input), ...steps, ...slots];
  }
  encode(input: readonly number[]): Sequence {
    const tokens = this.prompt(input);
    const answer = this.answerTokens(input);
    const targets = Array<number>(tokens.length).fill(0);
    const first = this.firstSlot(input.length);
    answer.forEach((token, i) => (targets[first + i] = token));
    return { tokens, targets, scored: { first, count: this.scoredLength(input, answer) } };
  }
  /** The answer in the tokens predicted at every position. */
  decode(input: readonly number[], predicted: ArrayLike<number>): Answer {
    const first = this.firstSlot(input.length);
    const length = this.task.answerLength(input.length);
    return { answer: Array.from({ length }, (_, i) => this.vocabulary.outputId(predicted[first + i]!)) };
  }
  /** Behind the input, `<equals>` and the computation steps. */
  private firstSlot(inputLength: number): number {
    return inputLength + 1 + this.computationSteps * inputLength;
  }
}

/** Token after token, each fed back before the next is predicted; in training, with teacher forcing. */
abstract class AutoregressiveFormat extends SequenceFormat {
  /** Tokens between `<equals>` and `<answer>`. */
  protected abstract thoughts(input: readonly number[]): number[];
  /** Whether the model has to predict the thoughts itself. */
  protected abstract readonly predictsThoughts: boolean;

  maximumTokens(inputLength: number): number {
    return inputLength + 1 + this.task.traceLength!(inputLength) + 1 + this.task.answerLength(inputLength) + 1;
  }
  maximumScored(inputLength: number): number {
    // Answer and <end>, and thoughts and <answer> where they are its own.
    return (
      this.task.answerLength(inputLength) + 1 + (this.predictsThoughts ? this.task.traceLength!(inputLength) + 1 : 0)
    );
  }
  encode(input: readonly number[]): Sequence {
    const answer = this.answerTokens(input);
    const whole = [
      ...this.inputTokens(input),
      ...this.thoughts(input),
      this.vocabulary.special('<answer>'),
      ...answer.slice(0, this.scoredLength(input, answer)),
      this.vocabulary.special('<end>'),
    ];
    const first = this.prompt(input).length - 1;
    return {
      tokens: whole.slice(0, -1),
      targets: whole.slice(1),
      scored: { first, count: whole.length - 1 - first },
    };
  }
  /** Trace and answer in the tokens decoded after the prompt. */
  decode(decoded: ArrayLike<number>): Answer {
    const tokens = Array.from(decoded);
    const end = tokens.indexOf(this.vocabulary.special('<end>'));
    const beforeEnd = end < 0 ? tokens : tokens.slice(0, end);
    const unfinished = end < 0 ? { isUnfinished: true } : {};
    // A prompt that already ends in <answer> leaves only the answer to predict.
    const mark = this.predictsThoughts ? beforeEnd.indexOf(this.vocabulary.special('<answer>')) : -1;
    if (this.predictsThoughts && mark < 0)
      return { answer: [], trace: beforeEnd.map((t) => this.vocabulary.traceId(t)), ...unfinished };
    const answer = beforeEnd.slice(mark + 1).map((token) => this.vocabulary.outputId(token));
    return this.predictsThoughts
      ? { answer, trace: beforeEnd.slice(0, mark).map((t) => this.vocabulary.traceId(t)), ...unfinished }
      : { answer, ...unfinished };
  }
}

/** Intermediate results, written before the answer. */
export class ChainOfThoughtFormat extends AutoregressiveFormat {
  protected readonly predictsThoughts = true;
  constructor(task: Task) {
    super(task, 'chain-of-thought');
  }
  protected thoughts(input: readonly number[]): number[] {
    return this.task.trace!(input).map((id) => this.vocabulary.trace[id]!);
  }
  prompt(input: readonly number[]): number[] {
    return this.inputTokens(input);
  }
}

/** The control: as many tokens as the longest trace, none of which says anything. Their number tells nothing but the input's length. */
export class FillerFormat extends AutoregressiveFormat {
  protected readonly predictsThoughts = false;
  constructor(task: Task) {
    super(task, 'filler');
  }
  protected thoughts(input: readonly number[]): number[] {
    return Array<number>(this.task.traceLength!(input.length)).fill(this.vocabulary.special('<filler>'));
  }
  prompt(input: readonly number[]): number[] {
    return [...this.inputTokens(input), ...this.thoughts(input), this.vocabulary.special('<answer>')];
  }
}

export const formats = {
  direct: DirectFormat,
  'chain-of-thought': ChainOfThoughtFormat,
  filler: FillerFormat,
} as const;
export type AnyFormat = DirectFormat | ChainOfThoughtFormat | FillerFormat;

/** What a protocol says of the sequences of direct rows; others have time to compute in their own thoughts. */
type Steps = Pick<Protocol, 'computationSteps'>;

export const createFormat = (task: Task, mode: AnswerMode, { computationSteps }: Steps = { computationSteps: 0 }) =>
  mode === 'direct' ? new DirectFormat(task, computationSteps) : new formats[mode](task);

/** The tokens of those sequences. */
export const vocabularyOf = (task: Task, mode: AnswerMode, protocol: Steps): Vocabulary =>
  createFormat(task, mode, protocol).vocabulary;

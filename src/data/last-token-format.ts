import type { Task } from '../core/contracts/task';
import { type Answer, type Sequence, SequenceFormat } from './format';

/**
 * The answer, one symbol, is predicted at the last token of the input: no `<equals>` and no slot behind it, to which a model
 * would have to bring it in one more step.
 */
export class LastTokenFormat extends SequenceFormat {
  constructor(task: Task) {
    super(task, 'direct');
  }
  maximumTokens(inputLength: number): number {
    return inputLength;
  }
  maximumScored(): number {
    return 1;
  }
  prompt(input: readonly number[]): number[] {
    return input.map((id) => this.vocabulary.input[id]!);
  }
  /** @throws RangeError for an answer of other than one symbol */
  encode(input: readonly number[]): Sequence {
    const [answer, ...more] = this.answerTokens(input);
    if (answer === undefined || more.length > 0) throw new RangeError('The answer is not one symbol');
    const tokens = this.prompt(input);
    const first = tokens.length - 1;
    return { tokens, targets: [...Array<number>(first).fill(0), answer], scored: { first, count: 1 } };
  }
  /** The answer in the tokens predicted at every position. */
  decode(input: readonly number[], predicted: ArrayLike<number>): Answer {
    return { answer: [this.vocabulary.outputId(predicted[input.length - 1]!)] };
  }
}

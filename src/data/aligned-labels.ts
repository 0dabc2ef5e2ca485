import { type Sequence, SequenceFormat } from './format';

/**
 * A format whose training sequences are scored from the first token on: every token of the input is to be followed by the
 * label of the prefix that ends with it, and what lies between the input and the first scored token, such as `<equals>`, by
 * the label of the whole input. Tokens, prompts and answers are those of the format itself.
 */
export class AlignedLabels extends SequenceFormat {
  /** The task of the format has `aligned`. */
  constructor(private readonly format: SequenceFormat) {
    super(format.task, format.mode, format.vocabulary);
  }

  maximumTokens(inputLength: number): number {
    return this.format.maximumTokens(inputLength);
  }
  maximumScored(inputLength: number): number {
    return this.format.maximumTokens(inputLength);
  }
  encode(input: readonly number[]): Sequence {
    const { tokens, targets, scored } = this.format.encode(input);
    const labels = this.task.aligned!(input).map((id) => this.vocabulary.output[id]!);
    const aligned = targets.map((target, at) => (at < scored.first ? (labels[at] ?? labels.at(-1)!) : target));
    return { tokens, targets: aligned, scored: { first: 0, count: scored.first + scored.count } };
  }
  prompt(input: readonly number[]): number[] {
    return this.format.prompt(input);
  }
}

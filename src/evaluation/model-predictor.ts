import type { Memory } from '../core/contracts/architecture';
import { type Answer, type AnyFormat, DirectFormat } from '../data/format';
import { type CompiledModel, roundUp } from '../model/generate/compiled-model';
import type { Predictor } from './predictor';
import { chunk } from '../model/generate/recurrent-form';

/** Rows per call are bounded so that attention matrices [rows, heads, time, time] stay in the processor's caches. */
const attentionBudget = 2 ** 19;
const mostRows = 128;
/**
 * Rows per call of the recurrent form. What grows with time, keys and values, soon leaves the processor's caches: fewer rows
 * at once read them sooner again. They also read the weights more often, which only pays while those stay in the caches.
 */
export const recurrentRows = (memory: Memory, parameterCount: number): number =>
  memory === 'growing' && parameterCount <= 2 ** 18 ? 16 : mostRows;

const rowsFor = (count: number, time: number) => Math.max(1, Math.min(count, Math.floor(attentionBudget / time ** 2)));

/** Padding on the right changes nothing for causal rows, and lets lengths share a graph; others mask token 0. */
const paddedTime = (time: number) => roundUp(time, time > 64 ? 32 : chunk);

type Input = readonly number[];

/** Answers with a trained model: direct rows in one pass, autoregressive rows by greedy decoding. */
export class ModelPredictor implements Predictor {
  constructor(
    private readonly model: CompiledModel,
    private readonly format: AnyFormat,
    /** Rows per call where no more are asked for at once; default: as many as are best for the caches. */
    private readonly rows?: number,
  ) {}

  async prepare(tests: readonly (readonly Input[])[]): Promise<void> {
    if (!this.isParallel) return;
    const shapes = tests.flatMap((inputs) => {
      const time = inputs[0] && this.format.prompt(inputs[0]).length;
      return time === undefined ? [] : [[rowsFor(this.rows ?? inputs.length, time), paddedTime(time)] as const];
    });
    await this.model.prepareParallel(shapes);
  }

  async predict(inputs: readonly Input[]): Promise<Answer[]> {
    const prompts = inputs.map((input) => this.format.prompt(input));
    const time = prompts[0]!.length;
    // Fewer inputs are answered in as many rows: other rows are another graph.
    const most = this.rows ?? inputs.length;
    const rows = this.isParallel
      ? rowsFor(most, time)
      : Math.min(most, recurrentRows(this.model.memory, this.model.parameterCount));
    const answers: Answer[] = [];
    for (let start = 0; start < inputs.length; start += rows) {
      const some = inputs.slice(start, start + rows);
      const answered = await this.answer(some, prompts.slice(start, start + rows), rows, time);
      answers.push(...answered.slice(0, some.length));
    }
    return answers;
  }
  dispose(): Promise<void> {
    return this.model.dispose();
  }

  private get isParallel(): boolean {
    return this.format instanceof DirectFormat && this.model.memory !== 'constant';
  }

  private async answer(
    inputs: readonly Input[],
    prompts: readonly number[][],
    rows: number,
    time: number,
  ): Promise<Answer[]> {
    const format = this.format;
    if (format instanceof DirectFormat) {
      const constant = this.model.memory === 'constant';
      const padded = constant ? roundUp(time, chunk) : paddedTime(time);
      const tokens = matrix(prompts, rows, padded);
      const predicted = constant
        ? await this.model.predictInSteps(tokens, rows, padded)
        : await this.model.predictInParallel(tokens, rows, padded);
      return inputs.map((input, row) => format.decode(input, predicted.subarray(row * padded, (row + 1) * padded)));
    }
    const end = format.vocabulary.special('<end>');
    const limit = format.maximumTokens(inputs[0]!.length) - time;
    const done = (decoded: readonly number[][]) => decoded.slice(0, inputs.length).every((row) => row.includes(end));
    const decoded = await this.model.decode(matrix(prompts, rows, time), rows, time, limit, done);
    return inputs.map((_, row) => format.decode(decoded[row]!));
  }
}

/** Rows of tokens side by side, padded on the right and below with token 0. */
function matrix(sequences: readonly number[][], rows: number, time: number): Int32Array {
  const result = new Int32Array(rows * time);
  sequences.forEach((tokens, row) => result.set(tokens, row * time));
  return result;
}

import type { Engine, Handle } from '../../core/contracts/engine';
import type { Memory, SequenceModel } from '../../core/contracts/architecture';
import type { ParameterLayout } from '../parameters';
import { memoryOf } from '../traced-state';
import type { NamedExecutable } from '../named-program';
import { prediction, type PredictionInputs, type PredictionOutputs } from '../programs';
import { RecurrentForm, chunk } from './recurrent-form';

/** Graphs of longer sequences hold much memory: they are compiled when they are needed. */
const mostTokensAhead = 160;

const shapeName = (rows: number, time: number): string => `${rows} x ${time}`;

type Predicting = NamedExecutable<PredictionInputs, PredictionOutputs>;

interface Kept<T> {
  readonly shape: string;
  readonly form: T;
}

/**
 * A trained model ready to be asked. Lengths come in order, so only the parallel graph of the latest shape is kept: one
 * for long sequences holds much memory. The recurrent form serves all lengths.
 */
export class CompiledModel {
  readonly memory: Memory;
  private readonly parameters: Handle;
  private parallel: Kept<Predicting> | null = null;
  /** Parallel graphs by shape that were compiled ahead. */
  private readonly ahead = new Map<string, Predicting>();
  private recurrent: Kept<RecurrentForm> | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    parameters: Float32Array,
    private readonly label: string,
  ) {
    this.memory = memoryOf(model);
    this.parameters = engine.upload(parameters, { shape: [parameters.length], dtype: 'float32' });
  }

  get parameterCount(): number {
    return this.layout.count;
  }

  /**
   * Compiles the parallel form for these [rows, time] now, up to a size, where the engine is sooner done with many than with one
   * by one.
   */
  async prepareParallel(shapes: readonly (readonly [rows: number, time: number])[]): Promise<void> {
    if (!this.engine.compilesTogether) return;
    const wanted = new Map(
      shapes.filter(([, time]) => time <= mostTokensAhead).map((shape) => [shapeName(...shape), shape]),
    );
    await Promise.all(
      [...wanted].map(async ([name, shape]) => this.ahead.set(name, await this.compileParallel(...shape))),
    );
  }

  /** Parallel form: tokens [rows, time] -> the predicted token after each [rows, time] */
  async predictInParallel(tokens: Int32Array, rows: number, time: number): Promise<Int32Array> {
    const executable = await this.parallelForm(rows, time);
    const input = this.engine.upload(tokens, { shape: [rows, time], dtype: 'int32' });
    const { predicted } = await executable.run({ parameters: this.parameters, tokens: input });
    const result = Int32Array.from(await this.engine.read(predicted));
    this.engine.release([input, predicted]);
    return result;
  }

  /** Recurrent form, `time` a multiple of `chunk`: tokens [rows, time] -> the predicted token after each [rows, time] */
  async predictInSteps(tokens: Int32Array, rows: number, time: number): Promise<Int32Array> {
    const form = await this.recurrentForm(rows);
    const predicted = new Int32Array(rows * time);
    await form.reset();
    for (let start = 0; start < time; start += chunk) {
      const piece = await form.prefill(columns(tokens, rows, time, start, chunk), chunk);
      for (let row = 0; row < rows; row++)
        predicted.set(piece.subarray(row * chunk, (row + 1) * chunk), row * time + start);
    }
    return predicted;
  }

  /**
   * Greedy decoding: prefills prompt [rows, promptTime], then decodes up to `limit` tokens, each fed back before the next,
   * until `done` is true of the tokens decoded so far, row by row.
   */
  async decode(
    prompt: Int32Array,
    rows: number,
    promptTime: number,
    limit: number,
    done: (decoded: readonly number[][]) => boolean,
  ): Promise<number[][]> {
    const form = await this.recurrentForm(rows);
    await form.reset();
    let last: Int32Array = new Int32Array(rows);
    for (let position = 0; position < promptTime;) {
      const left = promptTime - position;
      const width = form.widths.find((some) => some <= left) ?? form.widths.at(-1)!;
      const count = Math.min(width, left);
      const predicted = await form.prefill(columns(prompt, rows, promptTime, position, width), width, count);
      last = columns(predicted, rows, width, count - 1, 1);
      position += count;
    }
    const decoded: number[][] = Array.from(last, (token) => [token]);
    while (decoded[0]!.length < limit && !done(decoded)) {
      const predicted = await form.decode(last);
      decoded.forEach((row, r) => row.push(...predicted.subarray(r * chunk, (r + 1) * chunk)));
      last = columns(predicted, rows, chunk, chunk - 1, 1);
    }
    return decoded.map((row) => row.slice(0, limit));
  }

  async dispose(): Promise<void> {
    await this.parallel?.form.dispose();
    for (const form of this.ahead.values()) await form.dispose();
    await this.recurrent?.form.dispose();
    this.engine.release([this.parameters]);
  }

  private async parallelForm(rows: number, time: number): Promise<Predicting> {
    const shape = shapeName(rows, time);
    if (this.parallel?.shape === shape) return this.parallel.form;
    await this.parallel?.form.dispose();
    const form = this.ahead.get(shape) ?? (await this.compileParallel(rows, time));
    this.ahead.delete(shape);
    this.parallel = { shape, form };
    return form;
  }
  private compileParallel(rows: number, time: number): Promise<Predicting> {
    const predicting = prediction({ model: this.model, layout: this.layout, rows, time });
    return predicting.compile(this.engine, { label: `${this.label}, parallel form` });
  }
  private async recurrentForm(rows: number): Promise<RecurrentForm> {
    if (this.recurrent?.shape === `${rows}`) return this.recurrent.form;
    await this.recurrent?.form.dispose();
    const { engine, model, layout, parameters, label } = this;
    const form = await RecurrentForm.create(engine, model, layout, parameters, rows, label);
    this.recurrent = { shape: `${rows}`, form };
    return form;
  }
}

/** Columns from..from+width-1 of a [rows, time] matrix, and zeros for those that it does not have. */
function columns(matrix: Int32Array, rows: number, time: number, from: number, width: number): Int32Array {
  const result = new Int32Array(rows * width);
  const to = Math.min(from + width, time);
  for (let row = 0; row < rows; row++) {
    result.set(matrix.subarray(row * time + from, row * time + to), row * width);
  }
  return result;
}

export const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

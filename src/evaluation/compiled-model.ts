import type { Engine, Executable, Handle, SequenceModel } from '../../registry';
import { type ParameterLayout, prediction } from '../training';
import { RecurrentForm, chunk } from './recurrent-form';

/** A trained model ready to be asked; graphs are compiled when first needed and kept per shape. */
export class CompiledModel {
  private readonly parameters: Handle;
  private readonly parallelForms = new Map<string, Executable>();
  private readonly recurrentForms = new Map<string, RecurrentForm>();

  constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    parameters: Float32Array,
    private readonly label: string,
  ) {
    this.parameters = engine.upload(parameters, { shape: [parameters.length], dtype: 'float32' });
  }

  /** Parallel form: tokens [rows, time] -> what the model says after each [rows, time] */
  async sayInParallel(tokens: Int32Array, rows: number, time: number): Promise<Int32Array> {
    const executable = await this.parallelForm(rows, time);
    const input = this.engine.upload(tokens, { shape: [rows, time], dtype: 'int32' });
    const [output] = await executable.run([this.parameters, input]);
    const said = Int32Array.from(await this.engine.read(output!));
    this.engine.release([input, output!]);
    return said;
  }

  /** Recurrent form, `time` a multiple of `chunk`: tokens [rows, time] -> what the model says after each [rows, time] */
  async sayInSteps(tokens: Int32Array, rows: number, time: number): Promise<Int32Array> {
    const form = await this.recurrentForm(rows, time);
    const said = new Int32Array(rows * time);
    form.reset();
    for (let start = 0; start < time; start += chunk) {
      const piece = await form.read(columns(tokens, rows, time, start, chunk), chunk);
      for (let row = 0; row < rows; row++) said.set(piece.subarray(row * chunk, (row + 1) * chunk), row * time + start);
    }
    return said;
  }

  /**
   * Greedy decoding: reads prompt [rows, promptTime], then says up to `limit` tokens, each read before the next, until
   * `done` says so of the tokens said so far, row by row.
   */
  async decode(
    prompt: Int32Array, rows: number, promptTime: number, limit: number, done: (said: readonly number[][]) => boolean,
  ): Promise<number[][]> {
    const form = await this.recurrentForm(rows, roundUp(promptTime + limit + chunk, 8 * chunk));
    form.reset();
    let last: Int32Array = new Int32Array(rows);
    for (let position = 0; position < promptTime; ) {
      const width = promptTime - position >= chunk ? chunk : 1;
      const said = await form.read(columns(prompt, rows, promptTime, position, width), width);
      last = columns(said, rows, width, width - 1, 1);
      position += width;
    }
    const words: number[][] = Array.from(last, (token) => [token]);
    while (words[0]!.length < limit && !done(words)) {
      const said = await form.speak(last);
      words.forEach((row, r) => row.push(...said.subarray(r * chunk, (r + 1) * chunk)));
      last = columns(said, rows, chunk, chunk - 1, 1);
    }
    return words.map((row) => row.slice(0, limit));
  }

  async dispose(): Promise<void> {
    for (const executable of this.parallelForms.values()) await executable.dispose();
    for (const form of this.recurrentForms.values()) await form.dispose();
    this.engine.release([this.parameters]);
  }

  private async parallelForm(rows: number, time: number): Promise<Executable> {
    const key = `${rows} x ${time}`;
    const known = this.parallelForms.get(key);
    if (known) return known;
    const { program, signature } = prediction(this.model, this.layout, rows, time);
    const compiled = await this.engine.compile(program, signature, { label: `${this.label}, parallel form` });
    this.parallelForms.set(key, compiled);
    return compiled;
  }
  private async recurrentForm(rows: number, maximumTime: number): Promise<RecurrentForm> {
    const key = `${rows} x ${maximumTime}`;
    const known = this.recurrentForms.get(key);
    if (known) return known;
    const created = await RecurrentForm.create(
      this.engine, this.model, this.layout, this.parameters, rows, maximumTime, this.label,
    );
    this.recurrentForms.set(key, created);
    return created;
  }
}

/** Columns from..from+width-1 of a [rows, time] matrix. */
function columns(matrix: Int32Array, rows: number, time: number, from: number, width: number): Int32Array {
  const result = new Int32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    result.set(matrix.subarray(row * time + from, row * time + from + width), row * width);
  }
  return result;
}

export const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

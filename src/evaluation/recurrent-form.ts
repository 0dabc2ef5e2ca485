import * as tf from '@tensorflow/tfjs';
import type { Engine, Executable, Handle, Parameters, SequenceModel, State, TensorSpecification } from '../../registry';
import type { ParameterLayout } from '../training';

/** Tokens that one call of the recurrent form says, or reads where the model reads one at a time: few calls, small graphs. */
export const chunk = 8;
/** Tokens that one call reads where the model can take many at once. */
const promptChunk = 64;

type Kind = 'read' | 'speak';

/**
 * A model token by token, for `rows` sequences at once: a graph of a few steps, driven from here with the state going
 * back in, so that any length works without a graph per length.
 */
export class RecurrentForm {
  private readonly executables = new Map<string, Executable>();
  private readonly names: string[] = [];
  private initial: Handle[] = [];
  private signature: readonly TensorSpecification[] = [];
  private state: Handle[] = [];
  private position = 0;

  private constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    private readonly parameters: Handle,
    private readonly rows: number,
    private readonly label: string,
  ) {}

  /** For sequences of at most `maximumTime` tokens; `parameters` [count] is borrowed. */
  static async create(
    engine: Engine, model: SequenceModel, layout: ParameterLayout, parameters: Handle, rows: number, maximumTime: number, label: string,
  ): Promise<RecurrentForm> {
    const form = new RecurrentForm(engine, model, layout, parameters, rows, `${label}, recurrent form`);
    const start = await engine.compile(
      () => {
        const state = model.initialState!(rows, maximumTime);
        form.names.push(...Object.keys(state).sort());
        return form.listed(state);
      },
      [],
      { label: form.label },
    );
    form.initial = await start.run([]);
    form.signature = start.outputs;
    await start.dispose();
    return form;
  }

  /** Back to before the first token. */
  reset(): void {
    this.releaseState();
    this.state = this.initial;
    this.position = 0;
  }
  /** Widths in which `read` is best called, widest first. */
  get widths(): readonly number[] {
    return this.model.extend ? [promptChunk, chunk, 1] : [chunk, 1];
  }
  /** Reads tokens [rows, width] and returns what the model says after each [rows, width]. */
  read(tokens: Int32Array, width: number): Promise<Int32Array> {
    return this.advance('read', width, tokens, [this.rows, width]);
  }
  /** Reads token [rows], then its own words: returns the next `chunk` tokens said [rows, chunk]. */
  speak(token: Int32Array): Promise<Int32Array> {
    return this.advance('speak', chunk, token, [this.rows]);
  }

  async dispose(): Promise<void> {
    this.releaseState();
    this.engine.release(this.initial);
    for (const executable of this.executables.values()) await executable.dispose();
  }

  private async advance(kind: Kind, steps: number, tokens: Int32Array, shape: readonly number[]): Promise<Int32Array> {
    const executable = await this.executable(kind, steps);
    const input = this.engine.upload(tokens, { shape, dtype: 'int32' });
    const position = this.engine.upload(Int32Array.of(this.position), { shape: [], dtype: 'int32' });
    const [output, ...next] = await executable.run([this.parameters, input, position, ...this.state]);
    const said = Int32Array.from(await this.engine.read(output!));
    this.engine.release([input, position, output!]);
    this.releaseState();
    this.state = next;
    this.position += steps;
    return said;
  }
  private releaseState(): void {
    if (this.state !== this.initial) this.engine.release(this.state);
    this.state = this.initial;
  }

  private async executable(kind: Kind, steps: number): Promise<Executable> {
    const key = `${kind} ${steps}`;
    const known = this.executables.get(key);
    if (known) return known;
    const signature: TensorSpecification[] = [
      { shape: [this.layout.count], dtype: 'float32' },
      { shape: kind === 'read' ? [this.rows, steps] : [this.rows], dtype: 'int32' },
      { shape: [], dtype: 'int32' },
      ...this.signature,
    ];
    const compiled = await this.engine.compile(this.program(kind, steps), signature, { label: this.label });
    this.executables.set(key, compiled);
    return compiled;
  }

  /** (parameters, tokens, position, ...state) -> (said [rows, steps], ...state) */
  private program(kind: Kind, steps: number) {
    return (...inputs: tf.Tensor[]): tf.Tensor[] => {
      const [flat, tokens, position, ...values] = inputs;
      const parameters = this.layout.unflatten(flat as tf.Tensor1D);
      if (kind === 'read' && this.model.extend) return this.extension(parameters, tokens as tf.Tensor2D, position as tf.Scalar, values);
      const given = (kind === 'read' ? tf.unstack(tokens!, 1) : [tokens]) as tf.Tensor1D[];
      let state = this.named(values);
      const said: tf.Tensor1D[] = [];
      for (let i = 0; i < steps; i++) {
        const token = given[i] ?? said[i - 1]!; // [rows]
        const now = tf.add(position!, tf.scalar(i, 'int32')) as tf.Scalar;
        const next = this.model.step!(parameters, state, token, now);
        state = next.state;
        said.push(tf.argMax(next.logits, -1));
      }
      return [tf.stack(said, 1), ...this.listed(state)];
    };
  }
  private extension(parameters: Parameters, tokens: tf.Tensor2D, position: tf.Scalar, values: readonly tf.Tensor[]): tf.Tensor[] {
    const { state, logits } = this.model.extend!(parameters, this.named(values), tokens, position);
    return [tf.argMax(logits, -1), ...this.listed(state)];
  }
  /** States travel through programs as lists, in the order of `names`. */
  private named(values: readonly tf.Tensor[]): State {
    return Object.fromEntries(this.names.map((name, i) => [name, values[i]!]));
  }
  private listed(state: State): tf.Tensor[] {
    return this.names.map((name) => state[name]!);
  }
}

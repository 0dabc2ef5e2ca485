import * as tf from '@tensorflow/tfjs-core';
import { recentOf, settled } from '../../../architectures/layers/growing-state';
import type { SequenceModel, State } from '../../core/contracts/architecture';
import type { Engine, Executable, Handle, TensorSpecification } from '../../core/contracts/engine';
import type { ParameterLayout } from '../parameters';
import { programOrigin } from '../origin';
import { RunningState } from './running-state';

/** Tokens that one call decodes, or prefills where the model takes one at a time: few calls, small graphs. */
export const chunk = 8;
/** Tokens that one call prefills where the model can take many at once. */
const promptChunk = 64;

type Kind = 'prefill' | 'decode';

/**
 * A model token by token, for `rows` sequences at once: a graph of a few steps, driven from here with the state going
 * back in, so that any length works without a graph per length.
 */
export class RecurrentForm {
  private readonly executables = new Map<string, Executable>();

  private constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    private readonly parameters: Handle,
    private readonly rows: number,
    private readonly label: string,
    private readonly state: RunningState,
  ) {}

  /** `parameters` [count] is borrowed. */
  static async create(
    engine: Engine,
    model: SequenceModel,
    layout: ParameterLayout,
    parameters: Handle,
    rows: number,
    label: string,
  ): Promise<RecurrentForm> {
    const ownLabel = `${label}, recurrent form`;
    const state = await RunningState.create(engine, model, rows, ownLabel);
    return new RecurrentForm(engine, model, layout, parameters, rows, ownLabel, state);
  }

  /** Back to before the first token. */
  reset(): Promise<void> {
    return this.state.reset();
  }
  /** Widths in which `prefill` is best called, widest first. */
  get widths(): readonly number[] {
    return [...(this.model.extend ? [promptChunk] : []), chunk, ...(this.state.onlyGrows ? [] : [1])];
  }
  /**
   * Takes tokens [rows, width] and returns the predicted token after each [rows, width]. Remembers the first `count` of
   * them, which must be all of them where `widths` go down to 1.
   */
  prefill(tokens: Int32Array, width: number, count = width): Promise<Int32Array> {
    return this.advance('prefill', width, tokens, [this.rows, width], count);
  }
  /** Takes token [rows], then its own predictions: returns the next `chunk` tokens [rows, chunk]. */
  decode(token: Int32Array): Promise<Int32Array> {
    return this.advance('decode', chunk, token, [this.rows], chunk);
  }

  async dispose(): Promise<void> {
    this.state.dispose();
    for (const executable of this.executables.values()) await executable.dispose();
  }

  private async advance(
    kind: Kind,
    steps: number,
    tokens: Int32Array,
    shape: readonly number[],
    count: number,
  ): Promise<Int32Array> {
    await this.state.reserve(steps);
    const executable = await this.executable(kind, steps);
    const input = this.engine.upload(tokens, { shape, dtype: 'int32' });
    const position = this.engine.upload(Int32Array.of(this.state.position), { shape: [], dtype: 'int32' });
    const [output, ...next] = await executable.run([this.parameters, input, position, ...this.state.handles]);
    const predicted = Int32Array.from(await this.engine.read(output!));
    this.engine.release([input, position, output!]);
    await this.state.advance(next, count);
    return predicted;
  }

  private async executable(kind: Kind, steps: number): Promise<Executable> {
    const key = `${kind} ${steps} with room for ${this.state.room}`;
    const known = this.executables.get(key);
    if (known) return known;
    const signature: TensorSpecification[] = [
      { shape: [this.layout.count], dtype: 'float32' },
      { shape: kind === 'prefill' ? [this.rows, steps] : [this.rows], dtype: 'int32' },
      { shape: [], dtype: 'int32' },
      ...this.state.handles,
    ];
    const { model, rows, label } = this;
    const origin = programOrigin(model, 'recurrent form', { kind, steps, rows });
    const compiled = await this.engine.compile(this.program(kind, steps), signature, { label, origin });
    this.executables.set(key, compiled);
    return compiled;
  }

  /** (parameters, tokens, position, ...state) -> (predicted [rows, steps], ...what `RunningState.advance` takes) */
  private program(kind: Kind, steps: number) {
    return (...inputs: tf.Tensor[]): tf.Tensor[] => {
      const [flat, tokens, position, ...values] = inputs;
      const parameters = this.layout.unflatten(flat as tf.Tensor1D);
      let state: State = Object.fromEntries(this.state.parts.map(({ name }, i) => [name, values[i]!]));
      if (kind === 'prefill' && this.model.extend) {
        const next = this.model.extend(parameters, state, tokens as tf.Tensor2D, position as tf.Scalar);
        return [tf.argMax(next.logits, -1), ...this.carried(settled(state, next.state, position as tf.Scalar))];
      }
      const given = (kind === 'prefill' ? tf.unstack(tokens!, 1) : [tokens]) as tf.Tensor1D[];
      const predicted: tf.Tensor1D[] = [];
      for (let i = 0; i < steps; i++) {
        const token = given[i] ?? predicted[i - 1]!; // [rows]
        const now = tf.add(position!, tf.scalar(i, 'int32')) as tf.Scalar;
        const next = this.model.step!(parameters, state, token, now);
        state = settled(state, next.state, now);
        predicted.push(tf.argMax(next.logits, -1));
      }
      return [tf.stack(predicted, 1), ...this.carried(state)];
    };
  }
  private carried(state: State): tf.Tensor[] {
    return this.state.parts.map(({ name, axis }) => (axis === undefined ? state[name]! : recentOf(state, name)!));
  }
}

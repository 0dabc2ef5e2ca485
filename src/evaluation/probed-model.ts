import type * as tf from '@tensorflow/tfjs-core';
import type { Parameters, SequenceModel } from '../core/contracts/architecture';
import type { Engine, Executable, Handle } from '../core/contracts/engine';
import type { ParameterValues, ProbedSequence, ProbeSubject, Readings } from '../core/contracts/probe';
import type { Task } from '../core/contracts/task';
import type { ParameterLayout } from '../model/parameters';

export interface ProbedModelSettings {
  readonly engine: Engine;
  readonly model: SequenceModel;
  readonly layout: ParameterLayout;
  readonly task: Task;
  /** Tokens of the vocabulary that belong to no task. */
  readonly specialTokens: readonly number[];
  /** At least one. */
  readonly sequences: readonly ProbedSequence[];
  /** Names the run in error messages. */
  readonly label: string;
}

/** A model that probes look at: keeps what they compile, from one look to the next. */
export class ProbedModel {
  private readonly executables = new Map<string, Executable>();
  private readonly tokens: Handle;
  private readonly time: number;

  constructor(private readonly settings: ProbedModelSettings) {
    const { engine, sequences } = settings;
    this.time = Math.max(...sequences.map(({ tokens }) => tokens.length));
    const tokens = new Int32Array(sequences.length * this.time);
    sequences.forEach((sequence, row) => tokens.set(sequence.tokens, row * this.time));
    this.tokens = engine.upload(tokens, { shape: [sequences.length, this.time], dtype: 'int32' });
  }

  /** `look` is shown the model with these parameters [count], which are borrowed. */
  look(parameters: Handle, look: (subject: ProbeSubject) => Promise<Readings>): Promise<Readings> {
    const { model, task, specialTokens, sequences } = this.settings;
    return look({
      model,
      task,
      specialTokens,
      sequences,
      time: this.time,
      parameters: () => this.values(parameters),
      compute: (name, program) => this.compute(parameters, name, program),
    });
  }

  async dispose(): Promise<void> {
    this.settings.engine.release([this.tokens]);
    for (const executable of this.executables.values()) await executable.dispose();
  }

  private async values(parameters: Handle): Promise<Record<string, ParameterValues>> {
    const { engine, layout } = this.settings;
    const flat = Float32Array.from(await engine.read(parameters));
    let offset = 0;
    return Object.fromEntries(
      layout.specifications.map(({ name, shape }, at) => {
        const values = flat.slice(offset, (offset += layout.sizes[at]!));
        return [name, { shape, values }];
      }),
    );
  }

  private async compute(
    parameters: Handle,
    name: string,
    program: (parameters: Parameters, tokens: tf.Tensor) => tf.Tensor[],
  ): Promise<Float32Array[]> {
    const { engine, layout, sequences, label } = this.settings;
    let executable = this.executables.get(name);
    if (!executable) {
      executable = await engine.compile(
        (flat, tokens) => program(layout.unflatten(flat as tf.Tensor1D), tokens!),
        [
          { shape: [layout.count], dtype: 'float32' },
          { shape: [sequences.length, this.time], dtype: 'int32' },
        ],
        { label: `${label}, ${name}` },
      );
      this.executables.set(name, executable);
    }
    const results = await executable.run([parameters, this.tokens]);
    const read: Float32Array[] = [];
    for (const result of results) read.push(Float32Array.from(await engine.read(result)));
    engine.release(results);
    return read;
  }
}

import type { Engine, Handle } from '../core/contracts/engine';
import { pack, targetsEverywhere, type Batch } from '../data/batch';
import type { NamedExecutable } from '../model/named-program';
import { evaluationLoss, type LossInputs } from '../model/programs';
import { validationSequences, type ValidationSettings } from './validation';

interface Part {
  readonly executable: NamedExecutable<LossInputs, { readonly loss: unknown }>;
  readonly batch: Batch;
}

/** Cross-entropy on the sequences of a validation set, asked for where accuracies alone are too coarse to compare models. */
export class HeldOutLoss {
  private constructor(
    private readonly engine: Engine,
    private readonly parts: readonly Part[],
  ) {}

  static async create(settings: ValidationSettings): Promise<HeldOutLoss> {
    const { engine, model, layout, label } = settings;
    const parts: Part[] = [];
    for (const { bucket, rows, sequences } of validationSequences(settings)) {
      const program = evaluationLoss({ model, layout, rows, time: bucket.tokens });
      const executable = await program.compile(engine, { label: `${label}, held-out loss` });
      parts.push({ executable, batch: pack(sequences, rows, bucket.tokens) });
    }
    return new HeldOutLoss(engine, parts);
  }

  /** Mean over the scored positions of all sequences, in nats; parameters [count]. */
  async of(parameters: Float32Array): Promise<number> {
    let [sum, positions] = [0, 0];
    const given = this.engine.upload(parameters, { shape: [parameters.length], dtype: 'float32' });
    for (const { executable, batch } of this.parts) {
      const { rows, time } = batch;
      const { targets, weights } = targetsEverywhere(batch);
      const inputs: Record<'tokens' | 'targets' | 'weights', Handle> = {
        tokens: this.engine.upload(batch.tokens, { shape: [rows, time], dtype: 'int32' }),
        targets: this.engine.upload(targets, { shape: [rows, time], dtype: 'int32' }),
        weights: this.engine.upload(weights, { shape: [rows, time], dtype: 'float32' }),
      };
      const { loss } = await executable.run({ parameters: given, ...inputs });
      sum += (await this.engine.read(loss))[0]!;
      positions += weights.reduce((total, weight) => total + weight, 0);
      this.engine.release([...Object.values(inputs), loss]);
    }
    this.engine.release([given]);
    return sum / positions;
  }

  async dispose(): Promise<void> {
    for (const { executable } of this.parts) await executable.dispose();
  }
}

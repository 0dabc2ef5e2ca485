import type { Engine, Handle } from '../core/contracts/engine';
import type { Rng } from '../core/contracts/random';
import type { Score } from '../core/contracts/record';
import type { SequenceModel } from '../core/contracts/architecture';
import { type Batch, pack } from '../data/batch';
import { type Bucket, drawInput } from '../data/lengths';
import type { Sequence, SequenceFormat } from '../data/format';
import type { ParameterLayout } from '../model/parameters';
import type { NamedExecutable } from '../model/named-program';
import { prediction, type PredictionInputs, type PredictionOutputs } from '../model/programs';

interface Look {
  readonly executable: NamedExecutable<PredictionInputs, PredictionOutputs>;
  readonly sequences: readonly Sequence[];
  readonly batch: Batch;
}

/**
 * Held-out sequences of trained lengths, the only data that early stopping looks at. Autoregressive rows are scored
 * with teacher forcing: everything right here is everything right in greedy decoding.
 */
export class HeldOutSet {
  private constructor(
    private readonly engine: Engine,
    private readonly looks: readonly Look[],
  ) {}

  static async create(
    engine: Engine,
    model: SequenceModel,
    layout: ParameterLayout,
    format: SequenceFormat,
    buckets: readonly Bucket[],
    count: number,
    rng: Rng,
    label: string,
  ): Promise<HeldOutSet> {
    const lengths = buckets.flatMap((bucket) => bucket.lengths);
    const looks: Look[] = [];
    for (const bucket of buckets) {
      const rows = Math.max(1, Math.round((count * bucket.lengths.length) / lengths.length));
      const sequences = Array.from({ length: rows }, (_, i) => {
        const stream = rng.split(bucket.tokens).split(i);
        return format.encode(drawInput(format.task, stream, stream.choice(bucket.lengths)));
      });
      const predicting = prediction({ model, layout, rows, time: bucket.tokens });
      const executable = await predicting.compile(engine, { label: `${label}, held-out score` });
      looks.push({ executable, sequences, batch: pack(sequences, rows, bucket.tokens) });
    }
    return new HeldOutSet(engine, looks);
  }

  async score(parameters: Handle): Promise<Score> {
    let exact = 0;
    let token = 0;
    let count = 0;
    for (const { executable, sequences, batch } of this.looks) {
      const tokens = this.engine.upload(batch.tokens, { shape: [batch.rows, batch.time], dtype: 'int32' });
      const { predicted } = await executable.run({ parameters, tokens });
      const said = await this.engine.read(predicted);
      sequences.forEach(({ targets, scoredFrom, scoredCount }, row) => {
        let hits = 0;
        for (let t = scoredFrom; t < scoredFrom + scoredCount; t++) {
          if (said[row * batch.time + t] === targets[t]) hits++;
        }
        if (hits === scoredCount) exact++;
        token += hits / scoredCount;
        count++;
      });
      this.engine.release([tokens, predicted]);
    }
    return { exact: exact / count, token: token / count };
  }

  async dispose(): Promise<void> {
    for (const { executable } of this.looks) await executable.dispose();
  }
}

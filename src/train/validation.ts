import type { Engine, Handle } from '../core/contracts/engine';
import type { Rng } from '../core/contracts/random';
import type { Score } from '../core/contracts/record';
import type { SequenceModel } from '../core/contracts/architecture';
import { pack, type Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import type { Sequence, SequenceFormat } from '../data/format';
import { meanScore, scoreSequence } from '../data/score';
import type { Split } from '../data/split';
import type { NamedExecutable } from '../model/named-program';
import type { ParameterLayout } from '../model/parameters';
import { prediction, type PredictionInputs, type PredictionOutputs } from '../model/programs';

export interface ValidationSettings {
  readonly engine: Engine;
  readonly model: SequenceModel;
  readonly layout: ParameterLayout;
  readonly format: SequenceFormat;
  readonly split: Split;
  readonly buckets: readonly Bucket[];
  /** How many sequences, about; each bucket has its share of them and at least one. */
  readonly count: number;
  readonly rng: Rng;
  /** Names the run in error messages. */
  readonly label: string;
}

/** The sequences of a validation set by bucket: those of equal settings are the same. */
export function validationSequences({
  format,
  split,
  buckets,
  count,
  rng,
}: Omit<ValidationSettings, 'engine' | 'label'>) {
  const lengths = buckets.flatMap((bucket) => bucket.lengths);
  return buckets.map((bucket) => {
    const rows = Math.max(1, Math.round((count * bucket.lengths.length) / lengths.length));
    const sequences = Array.from({ length: rows }, (_, i) => {
      const stream = rng.split(bucket.tokens).split(i);
      return format.encode(split.draw('validation', stream, stream.choice(bucket.lengths)));
    });
    return { bucket, rows, sequences };
  });
}

/** The sequences of one bucket, and what predicts their tokens. */
interface Part {
  readonly executable: NamedExecutable<PredictionInputs, PredictionOutputs>;
  readonly sequences: readonly Sequence[];
  readonly batch: Batch;
}

/**
 * Sequences of trained lengths that are never trained on, the only data that early stopping looks at. Autoregressive
 * rows are scored with teacher forcing: everything right here is everything right in greedy decoding.
 */
export class ValidationSet {
  private constructor(
    private readonly engine: Engine,
    private readonly parts: readonly Part[],
  ) {}

  static async create(settings: ValidationSettings): Promise<ValidationSet> {
    const { engine, model, layout, label } = settings;
    const parts = validationSequences(settings).map(async ({ bucket, rows, sequences }): Promise<Part> => {
      const predicting = prediction({ model, layout, rows, time: bucket.tokens });
      const executable = await predicting.compile(engine, { label: `${label}, validation` });
      return { executable, sequences, batch: pack(sequences, rows, bucket.tokens) };
    });
    return new ValidationSet(engine, await Promise.all(parts));
  }

  /** Mean over all sequences; parameters [count] are borrowed. */
  async score(parameters: Handle): Promise<Score> {
    const scores: Score[] = [];
    for (const { executable, sequences, batch } of this.parts) {
      const { rows, time } = batch;
      const tokens = this.engine.upload(batch.tokens, { shape: [rows, time], dtype: 'int32' });
      const { predicted } = await executable.run({ parameters, tokens });
      const given = await this.engine.read(predicted); // [rows, time]
      sequences.forEach(({ targets, scored: { first, count } }, row) => {
        const start = row * time + first;
        scores.push(scoreSequence(targets.slice(first, first + count), given.subarray(start, start + count)));
      });
      this.engine.release([tokens, predicted]);
    }
    return meanScore(scores);
  }

  async dispose(): Promise<void> {
    for (const { executable } of this.parts) await executable.dispose();
  }
}

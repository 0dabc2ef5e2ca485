import type { Rng } from '../core/contracts/random';
import type { TrainingSetUse } from '../core/contracts/record';
import { pack, type Draw } from './batch';
import type { SequenceFormat } from './format';
import type { Bucket } from './lengths';
import type { Split } from './split';

/** Draws in a row that find no new input, after which a length counts as having no more of them. */
const mostTries = 100;

export interface TrainingSetSettings {
  /** Of the trained lengths. */
  readonly buckets: readonly Bucket[];
  /** Sequences in all. */
  readonly count: number;
  readonly rng: Rng;
}

interface Part {
  readonly bucket: Bucket;
  readonly inputs: readonly (readonly number[])[];
}

/**
 * Training inputs drawn once, as many of each trained length as of any other, give or take one. No input is there twice
 * as long as its length has others. A smaller set is the beginning of a larger one with the same stream.
 */
export class TrainingSet {
  /** Inputs by bucket; buckets without any are left out. */
  private readonly parts: readonly Part[];
  private readonly count: number;
  private readonly distinct: number;

  constructor(
    private readonly format: SequenceFormat,
    split: Split,
    { buckets, count, rng }: TrainingSetSettings,
  ) {
    const lengths = rng.split('lengths').shuffle(buckets.flatMap((bucket) => bucket.lengths));
    const drawn = lengths.map((length, at) => {
      const share = Math.ceil((count - at) / lengths.length); // the first ones have one more
      return { length, ...differentInputs(split, length, Math.max(0, share), rng.split(length)) };
    });
    const of = (bucket: Bucket) =>
      drawn.flatMap(({ length, inputs }) => (bucket.lengths.includes(length) ? inputs : []));
    this.parts = buckets.map((bucket) => ({ bucket, inputs: of(bucket) })).filter(({ inputs }) => inputs.length > 0);
    this.count = count;
    this.distinct = drawn.reduce((sum, { distinct }) => sum + distinct, 0);
  }

  /**
   * A batch of one bucket, every sequence of the set that is not too long being equally likely; the same one may be in it twice.
   */
  readonly draw: Draw = (rows, rng, longest = Infinity) => {
    const { bucket, inputs } = this.drawPart(rng, longest);
    const sequences = Array.from({ length: rows }, () => this.format.encode(rng.choice(inputs)));
    return { bucket, batch: pack(sequences, rows, bucket.tokens) };
  };

  /** What a record says of it after so many sequences were drawn. */
  use(drawn: number): TrainingSetUse {
    return { sequences: this.count, distinct: this.distinct, epochs: drawn / this.count };
  }

  private drawPart(rng: Rng, longest: number) {
    const parts = longest === Infinity ? this.parts : partsUpTo(this.parts, longest);
    let place = rng.integer(parts.reduce((sum, { inputs }) => sum + inputs.length, 0));
    for (const part of parts) {
      place -= part.inputs.length;
      if (place < 0) return part;
    }
    throw new RangeError('No sequences to draw from');
  }
}

/** Where the set is smaller than the number of lengths, it may have no input so short: then the shortest that it has. */
function partsUpTo(parts: readonly Part[], longest: number): Part[] {
  const shortest = Math.min(...parts.flatMap(({ inputs }) => inputs.map(({ length }) => length)));
  const most = Math.max(longest, shortest);
  return parts
    .map(({ bucket, inputs }) => ({ bucket, inputs: inputs.filter(({ length }) => length <= most) }))
    .filter(({ inputs }) => inputs.length > 0);
}

/** Inputs of a length that differ as long as there are such. */
function differentInputs(split: Split, length: number, count: number, rng: Rng) {
  const known = new Set<string>();
  const inputs: number[][] = [];
  let isExhausted = false;
  while (inputs.length < count) {
    let input = split.draw('training', rng, length);
    for (let tries = 1; known.has(input.join()) && !isExhausted; tries++) {
      input = split.draw('training', rng, length);
      isExhausted = tries >= mostTries;
    }
    known.add(input.join());
    inputs.push(input);
  }
  return { inputs, distinct: known.size };
}

import type { CurvePoint, Score } from '../core/contracts/record';

/** Everything needed to go on as if nothing had happened: batches are a function of seed and step, so no generator state. */
export interface Checkpoint {
  readonly step: number;
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Parameters at the last look at the held-out set: what is kept when training diverges after it. */
  readonly atLastLook: Float32Array;
  readonly curve: readonly CurvePoint[];
  readonly heldOut: Score | null;
  /** Looks in a row at which the held-out accuracy was high enough to stop. */
  readonly goodLooks: number;
  /** Loss summed over the steps since the last look. */
  readonly lossSum: number;
  readonly trainingSeconds: number;
  readonly resumed: number;
}

const vectorNames = ['parameters', 'firstMoment', 'secondMoment', 'atLastLook'] as const;
type VectorName = (typeof vectorNames)[number];
type Header = Omit<Checkpoint, VectorName> & { count: number };

/** Vectors start on a multiple of four bytes, after the length of the header and the header. */
const vectorsStart = (headerLength: number) => 4 + Math.ceil(headerLength / 4) * 4;

/** header length (uint32), header (JSON), padding to 4 bytes, then the four vectors */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { parameters, firstMoment, secondMoment, atLastLook, ...rest } = checkpoint;
  const count = parameters.length;
  const header = Buffer.from(JSON.stringify({ ...rest, count } satisfies Header));
  const start = vectorsStart(header.length);
  const content = new Uint8Array(start + 4 * vectorNames.length * count);
  new DataView(content.buffer).setUint32(0, header.length, true);
  content.set(header, 4);
  const vectors = new Float32Array(content.buffer, start);
  [parameters, firstMoment, secondMoment, atLastLook].forEach((vector, i) => vectors.set(vector, i * count));
  return content;
}

/** Null where the content is no checkpoint of a model with `count` parameters. */
export function decodeCheckpoint(content: Uint8Array, count: number): Checkpoint | null {
  try {
    const aligned = content.slice();
    const headerLength = new DataView(aligned.buffer).getUint32(0, true);
    const { count: stored, ...rest } = JSON.parse(
      Buffer.from(aligned.subarray(4, 4 + headerLength)).toString(),
    ) as Header;
    const start = vectorsStart(headerLength);
    if (stored !== count || aligned.length !== start + 4 * vectorNames.length * count) return null;
    const vector = (name: VectorName) =>
      new Float32Array(aligned.buffer, start + 4 * vectorNames.indexOf(name) * count, count).slice();
    return {
      ...rest,
      parameters: vector('parameters'),
      firstMoment: vector('firstMoment'),
      secondMoment: vector('secondMoment'),
      atLastLook: vector('atLastLook'),
    };
  } catch {
    return null;
  }
}

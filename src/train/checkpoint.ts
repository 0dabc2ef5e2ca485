import type { TrainingState } from './training-state';

/** Raised when what is written changes: a checkpoint of another format is no checkpoint. */
const format = 2;
type Header = Omit<TrainingState, 'weights' | 'evaluated'> & { readonly format: number; readonly count: number };

const vectorCount = 4;
/** Vectors start on a multiple of four bytes, after the length of the header and the header. */
const vectorsStart = (headerLength: number) => 4 + Math.ceil(headerLength / 4) * 4;

/** header length (uint32), header (JSON), padding to 4 bytes, then the three vectors of the weights and `evaluated` */
export function encodeCheckpoint({ weights, evaluated, ...rest }: TrainingState): Uint8Array {
  const count = evaluated.length;
  const header = Buffer.from(JSON.stringify({ ...rest, format, count } satisfies Header));
  const start = vectorsStart(header.length);
  const content = new Uint8Array(start + 4 * vectorCount * count);
  new DataView(content.buffer).setUint32(0, header.length, true);
  content.set(header, 4);
  const vectors = new Float32Array(content.buffer, start);
  const { parameters, firstMoment, secondMoment } = weights;
  [parameters, firstMoment, secondMoment, evaluated].forEach((vector, i) => vectors.set(vector, i * count));
  return content;
}

/** Null where the content is no checkpoint of a model with `count` parameters. */
export function decodeCheckpoint(content: Uint8Array, count: number): TrainingState | null {
  try {
    const aligned = content.slice();
    const headerLength = new DataView(aligned.buffer).getUint32(0, true);
    const header = JSON.parse(Buffer.from(aligned.subarray(4, 4 + headerLength)).toString()) as Header;
    const { format: written, count: stored, ...rest } = header;
    const start = vectorsStart(headerLength);
    if (written !== format || stored !== count || aligned.length !== start + 4 * vectorCount * count) return null;
    const [parameters, firstMoment, secondMoment, evaluated] = Array.from({ length: vectorCount }, (_, i) =>
      new Float32Array(aligned.buffer, start + 4 * i * count, count).slice(),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    return { ...rest, weights: { parameters, firstMoment, secondMoment }, evaluated };
  } catch {
    return null;
  }
}

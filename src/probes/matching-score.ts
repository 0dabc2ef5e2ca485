import { probe } from '../../registry/units';
import { noiseMatrix, type NoiseKind, noiseKinds } from '../../architectures/layers/orthogonal-noise';
import type { SequenceModel } from '../core/contracts/architecture';
import type { ParameterValues, Probe, ProbeSubject, Readings } from '../core/contracts/probe';

type Parameters = Readonly<Record<string, ParameterValues>>;

/** Row-major numbers. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * How well the weights of a Transformer match a token with itself (Wang et al. 2024). With the embeddings E [tokens, width] of the
 * symbols that are read, and W_qk(l) = W_q W_k^T, W_vo(l) = W_v W_o of layer l, heads summed,
 *   h1 = E W_qk(2) (E W_vo(1))^T:              a token is compared with what layer 1 has moved,
 *   h2 = (E W_vo(2)) W_qk(3) (E W_vo(1))^T:    what layer 2 has found is compared with it.
 * The definitions are derived from descriptions of the paper; norms, biases and positions are left out.
 */
@probe({
  id: 'matching-score',
  version: 1,
  title: 'Matching score',
  summary: 'How often the weights of successive layers match a token with itself rather than with another.',
  reference: {
    authors: 'Wang et al. 2024',
    title: 'Towards Understanding How Transformers Perform Multi-step Reasoning with Matching Operation',
    identifier: '2405.15302',
  },
})
export class MatchingScore implements Probe {
  refuses(model: SequenceModel): string | undefined {
    const names = new Set(model.parameters.map(({ name }) => name));
    const needed = ['embedding.weight', ...[0, 1].flatMap((layer) => [queryKeyValue(layer), output(layer)])];
    return needed.every((name) => names.has(name))
      ? undefined
      : 'it has no two layers of the attention of a Transformer';
  }

  /** "h1 diagonal": share of tokens that match themselves best, "h1 score": mean of the diagonal in deviations; h2 likewise. */
  async look(subject: ProbeSubject): Promise<Readings> {
    const parameters = await subject.parameters();
    const width = parameters['embedding.weight']!.shape[1]!;
    const seen = new Set(subject.sequences.flatMap(({ tokens, inputTokens }) => tokens.slice(0, inputTokens)));
    const tokens = rowsOf(parameters['embedding.weight']!, [...seen].sort((a, b) => a - b)); // prettier-ignore
    const moved = product(tokens, valueOutput(parameters, 0, width));
    const first = product(product(tokens, queryKey(parameters, 1, width)), transposed(moved));
    const readings = told('h1', first);
    if (!(queryKeyValue(2) in parameters)) return readings;
    const found = product(tokens, valueOutput(parameters, 1, width));
    return { ...readings, ...told('h2', product(product(found, queryKey(parameters, 2, width)), transposed(moved))) };
  }
}

const queryKeyValue = (layer: number) => `layers.${layer}.attention.queryKeyValue.weight`;
const output = (layer: number) => `layers.${layer}.attention.output.weight`;

/** Rows are centred; a reading of weights that are all the same is 0. */
function told(name: string, { rows, columns, values }: Matrix): Readings {
  let best = 0;
  const centred = values.slice();
  for (let row = 0; row < rows; row++) {
    const own = centred.subarray(row * columns, (row + 1) * columns);
    const mean = own.reduce((sum, value) => sum + value, 0) / columns;
    own.forEach((value, column) => (own[column] = value - mean));
    if (own.every((value, column) => column === row || value < own[row]!)) best++;
  }
  const diagonal = Array.from({ length: rows }, (_, row) => centred[row * columns + row]!);
  const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / centred.length);
  const mean = diagonal.reduce((sum, value) => sum + value, 0) / rows;
  return { [`${name} diagonal`]: best / rows, [`${name} score`]: deviation > 0 ? mean / deviation : 0 };
}

/** W_q W_k^T of a layer, from 0, with its noise: [width, width] */
function queryKey(parameters: Parameters, layer: number, width: number): Matrix {
  const all = parameters[queryKeyValue(layer)]!;
  const whole = product(columnsOf(all, 0, width), transposed(columnsOf(all, width, width)));
  return withNoise(whole, parameters, layer, 'alpha');
}

/** W_v W_o of a layer, from 0, with its noise: [width, width] */
function valueOutput(parameters: Parameters, layer: number, width: number): Matrix {
  const own = columnsOf(parameters[queryKeyValue(layer)]!, 2 * width, width);
  return withNoise(product(own, columnsOf(parameters[output(layer)]!, 0, width)), parameters, layer, 'beta');
}

/** alpha_l Z_(l-1) or beta_l Z_l is added where there is noise; layers count from 1 there. */
function withNoise(matrix: Matrix, parameters: Parameters, layer: number, scale: 'alpha' | 'beta'): Matrix {
  for (const kind of noiseKinds) {
    const factor = parameters[noiseName(layer, kind, scale)]?.values[0];
    if (factor === undefined) continue;
    const noise = noiseMatrix(kind, scale === 'alpha' ? layer : layer + 1, matrix.rows);
    matrix.values.forEach((value, at) => (matrix.values[at] = value + factor * noise[at]!));
  }
  return matrix;
}
const noiseName = (layer: number, kind: NoiseKind, scale: string) => `layers.${layer}.attention.noise.${kind}.${scale}`;

function columnsOf({ shape, values }: ParameterValues, first: number, columns: number): Matrix {
  const [rows, all] = shape as [number, number];
  const chosen = Float64Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return values[row * all + first + column]!;
  });
  return { rows, columns, values: chosen };
}

function rowsOf({ shape, values }: ParameterValues, chosen: readonly number[]): Matrix {
  const columns = shape[1]!;
  const flat = chosen.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]);
  return { rows: chosen.length, columns, values: Float64Array.from(flat) };
}

function product(a: Matrix, b: Matrix): Matrix {
  const values = new Float64Array(a.rows * b.columns);
  for (let row = 0; row < a.rows; row++)
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[row * a.columns + k]!;
      for (let column = 0; column < b.columns; column++)
        values[row * b.columns + column]! += factor * b.values[k * b.columns + column]!;
    }
  return { rows: a.rows, columns: b.columns, values };
}

function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = Float64Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
  return { rows: columns, columns: rows, values: turned };
}

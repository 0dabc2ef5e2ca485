import { noiseMatrix } from '../../architectures/layers';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { Lstm } from '../../architectures/lstm';
import type { ParameterValues, ProbeSubject, Readings } from '../../src/core/contracts/probe';
import { createRng } from '../../src/core/random';
import { MatchingScore } from '../../src/probes/matching-score';

const width = 6;
const built = (options: Partial<TransformerHyperparameters>) =>
  new Transformer().build(
    Object.assign(new TransformerHyperparameters(), { layers: 3, width, heads: 2, feedForwardFactor: 2, ...options }),
    9,
  );

type Named = Record<string, ParameterValues>;
const drawn = (options: Partial<TransformerHyperparameters>): Named =>
  Object.fromEntries(
    built(options).parameters.map(({ name, shape }) => {
      const rng = createRng(name);
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, { shape, values: Float32Array.from({ length: size }, () => rng.normal()) }];
    }),
  );

const look = (parameters: Named): Promise<Readings> =>
  new MatchingScore().look({
    parameters: () => Promise.resolve(parameters),
    sequences: [
      { input: [0, 1], tokens: [3, 5, 1], inputTokens: 2, scored: { first: 2, count: 1 } },
      { input: [2, 1], tokens: [8, 5], inputTokens: 2, scored: { first: 1, count: 1 } },
    ],
  } as unknown as ProbeSubject);

/** Number by number, from the definitions: h[a][b] is a sum over five indices. */
function byLoops(parameters: Named, tokens: number[], kind?: 'random' | 'identity') {
  const at = (name: string, row: number, column: number) => {
    const { shape, values } = parameters[name]!;
    return values[row * shape[1]! + column]!;
  };
  const noise = (layer: number, which: string) =>
    kind ? parameters[`layers.${layer}.attention.noise.${kind}.${which}`]!.values[0]! : 0;
  const z = (index: number, i: number, j: number) => (kind ? noiseMatrix(kind, index, width)[i * width + j]! : 0);
  const projection = (layer: number) => `layers.${layer}.attention.queryKeyValue.weight`;
  const queryKey = (layer: number, i: number, j: number) => {
    let sum = noise(layer, 'alpha') * z(layer, i, j);
    for (let k = 0; k < width; k++) sum += at(projection(layer), i, k) * at(projection(layer), j, width + k);
    return sum;
  };
  const valueOutput = (layer: number, i: number, j: number) => {
    let sum = noise(layer, 'beta') * z(layer + 1, i, j);
    for (let k = 0; k < width; k++)
      sum += at(projection(layer), i, 2 * width + k) * at(`layers.${layer}.attention.output.weight`, k, j);
    return sum;
  };
  const all = Array.from({ length: width }, (_, i) => i);
  const throughValue = (layer: number, token: number) =>
    all.map((j) => all.reduce((sum, i) => sum + at('embedding.weight', token, i) * valueOutput(layer, i, j), 0));
  const plain = (token: number) => all.map((i) => at('embedding.weight', token, i));
  const h = (asking: (token: number) => number[], layer: number) =>
    tokens.map((a) =>
      tokens.map((b) => {
        const [query, key] = [asking(a), throughValue(0, b)];
        return all.reduce(
          (sum, i) => sum + all.reduce((inner, j) => inner + query[i]! * queryKey(layer, i, j) * key[j]!, 0),
          0,
        );
      }),
    );
  const told = (name: string, matrix: number[][]) => {
    const centred = matrix.map((row) => row.map((value) => value - row.reduce((a, b) => a + b) / row.length));
    const best = centred.filter((row, i) => Math.max(...row) === row[i]).length;
    const flat = centred.flat();
    const deviation = Math.sqrt(flat.reduce((sum, value) => sum + value ** 2, 0) / flat.length);
    const diagonal = centred.reduce((sum, row, i) => sum + row[i]!, 0) / tokens.length;
    return { [`${name} diagonal`]: best / tokens.length, [`${name} score`]: diagonal / deviation };
  };
  return {
    ...told('h1', h(plain, 1)),
    ...told(
      'h2',
      h((token) => throughValue(1, token), 2),
    ),
  };
}

const close = (expected: Readings) =>
  Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 5) as number]));

describe('the matching score', () => {
  it.each([
    ['without noise', {}, undefined],
    ['with random noise', { orthogonalNoise: 'random' }, 'random'],
    ['with the identity', { orthogonalNoise: 'identity' }, 'identity'],
  ] as const)('is what loops over the weights say, %s', async (_, options, kind) => {
    const parameters = drawn(options);
    expect(await look(parameters)).toEqual(close(byLoops(parameters, [3, 5, 8], kind)));
  });

  it('has only the first matching of two layers', async () => {
    expect(Object.keys(await look(drawn({ layers: 2 })))).toEqual(['h1 diagonal', 'h1 score']);
  });

  it('is 1 where every token is moved and asked for as it is', async () => {
    const parameters = drawn({});
    const identity = (shape: readonly number[], isOne: (row: number, column: number) => boolean) => ({
      shape,
      values: Float32Array.from({ length: shape[0]! * shape[1]! }, (_, at) =>
        isOne(Math.floor(at / shape[1]!), at % shape[1]!) ? 1 : 0,
      ),
    });
    for (const layer of [0, 1, 2]) {
      const name = `layers.${layer}.attention`;
      parameters[`${name}.queryKeyValue.weight`] = identity(
        [width, 3 * width],
        (row, column) => column % width === row,
      );
      parameters[`${name}.output.weight`] = identity([width, width], (row, column) => row === column);
    }
    parameters['embedding.weight'] = identity([9, width], (row, column) => row % width === column);
    expect(await look(parameters)).toMatchObject({ 'h1 diagonal': 1, 'h2 diagonal': 1 });
    for (const values of Object.values(parameters)) values.values.fill(0);
    expect(await look(parameters)).toEqual({ 'h1 diagonal': 0, 'h1 score': 0, 'h2 diagonal': 0, 'h2 score': 0 });
  });

  it('refuses what has no two layers of such attention', () => {
    const probe = new MatchingScore();
    expect(probe.refuses(built({}))).toBeUndefined();
    expect(probe.refuses(built({ layers: 1 }))).toMatch(/no two layers/);
    expect(probe.refuses(new Lstm().build({ layers: 2, embeddingWidth: 4, hiddenSize: 4 }, 9))).toMatch(
      /no two layers/,
    );
  });
});

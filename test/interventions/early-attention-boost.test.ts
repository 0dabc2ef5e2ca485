import * as tf from '@tensorflow/tfjs-core';
import { settled } from '../../architectures/layers/growing-state';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { instanceOf } from '../../registry/units';
import { TransformerNone } from '../../architectures/transformer';
import { EarlyAttentionBoost, EarlyAttentionBoostSettings } from '../../src/interventions/early-attention-boost';
import type { Parameters, SequenceModel } from '../../src/core/contracts/architecture';
import type { Engine } from '../../src/core/contracts/engine';
import { createRng } from '../../src/core/random';
import { ParameterLayout } from '../../src/model/parameters';
import { difference, movedParameters, randomTokens, vocabularySize } from '../../src/testing/models';
import { builtInEngines } from '../support/engine-choice';

const intervention = new EarlyAttentionBoost();
const settings = (over: Partial<EarlyAttentionBoostSettings> = {}) =>
  Object.assign(new EarlyAttentionBoostSettings(), over);

const registry = discover(new Registry(), 'architectures');
const deep = { layers: 3, width: 8, heads: 2, feedForwardFactor: 2 };
const built = (id: string): SequenceModel => {
  const unit = registry.resolve('architecture', id);
  const { tiny } = unit.meta.hyperparameters as unknown as { tiny?: object };
  return instanceOf(unit).build(
    Object.assign(new unit.meta.hyperparameters(), tiny, 'layers' in new unit.meta.hyperparameters() && deep),
    vocabularySize,
  );
};
/** Every row that it changes, wrapped ones left out: they are the same models. */
const rows = registry
  .all('architecture')
  .filter(({ meta }) => !meta.mode || meta.mode === 'direct')
  .map(({ id }) => id)
  .filter((id) => intervention.refuses(built(id)) === undefined);

it('changes every row with softmax attention in its layers', () => {
  expect(rows.filter((id) => !id.startsWith('transformer')).sort()).toEqual([
    'block-recurrent-transformer',
    'feedback-transformer',
    'recurrent-memory-transformer',
    'universal-transformer',
    'universal-transformer-long',
  ]);
  expect(
    rows.filter((id) => /^transformer(-(none|rotary|alibi|learned|relative|fire|xl|encoder))?$/.test(id)),
  ).toHaveLength(9);
});

it('says why it changes nothing of others', () => {
  const transformer = (layers: number) => new TransformerNone().build({ ...deep, layers }, vocabularySize);
  expect(intervention.refuses(built('lstm'))).toBe('it has no attention');
  expect(intervention.refuses(transformer(2))).toMatch(/fewer than three layers/);
  expect(intervention.refuses(transformer(3))).toBeUndefined();
});

const valuesOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each(rows)('%s', (id) => {
  const model = built(id);
  const rng = createRng(`early attention ${id}`);
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 2, 9);
  const boosted = intervention.applied(model, settings({ alpha: 0.7 }));

  it('is moved', () => {
    const moved = difference(
      valuesOf(model.forward(parameters, tokens)),
      valuesOf(boosted.forward(parameters, tokens)),
    );
    expect(moved).toBeGreaterThan(1e-5);
  });
  it.each([false, true])(
    'says the same to the bit for alpha = 0, computed eagerly (renormalised: %s)',
    (renormalise) => {
      const still = intervention.applied(model, settings({ alpha: 0, renormalise }));
      expect(valuesOf(still.forward(parameters, tokens))).toEqual(valuesOf(model.forward(parameters, tokens)));
    },
  );
  if (model.step) {
    it('is the same in one pass and in steps', () => {
      const all = valuesOf(boosted.forward(parameters, tokens));
      expect(difference(all, valuesOf(inSteps(boosted, parameters, tokens)))).toBeLessThan(1e-4);
    });
  }
  if (model.extend) {
    it('is the same in one pass and in pieces', () => {
      const all = valuesOf(boosted.forward(parameters, tokens));
      expect(difference(all, valuesOf(inPieces(boosted, parameters, tokens, [4, 1, 2, 2])))).toBeLessThan(1e-4);
    });
  }
});

/** Logits token by token. */
function inSteps(model: SequenceModel, parameters: Parameters, tokens: tf.Tensor): tf.Tensor {
  let state = model.initialState!(tokens.shape[0]!, tokens.shape[1]!);
  const said = tf.unstack(tokens, 1).map((token, position) => {
    const now = tf.scalar(position, 'int32');
    const next = model.step!(parameters, state, token, now);
    state = settled(state, next.state, now);
    return next.logits;
  });
  return tf.stack(said, 1);
}

function inPieces(model: SequenceModel, parameters: Parameters, tokens: tf.Tensor, pieces: number[]): tf.Tensor {
  let [state, position] = [model.initialState!(tokens.shape[0]!, tokens.shape[1]!), 0];
  const said = tf.split(tokens, pieces, 1).map((piece) => {
    const now = tf.scalar(position, 'int32');
    const next = model.extend!(parameters, state, piece, now);
    [state, position] = [settled(state, next.state, now), position + piece.shape[1]!];
    return next.logits;
  });
  return tf.concat(said, 1);
}

/** Compiling takes long: the second engine has a row of each kind. */
const few = ['transformer', 'transformer-encoder', 'feedback-transformer'];
describe.each([
  ['native', rows],
  ['onnx', few],
])('compiled by %s', (name, compiled) => {
  let engine: Engine | undefined;
  beforeAll(
    async () =>
      (engine = await builtInEngines()
        .open(name, { threads: 1 })
        .catch(() => undefined)),
  );
  afterAll(() => engine?.dispose());

  it.each(compiled)('%s says the same to the bit for alpha = 0, predictions and logits', async (id) => {
    if (!engine) return;
    const model = built(id);
    const layout = new ParameterLayout(model.parameters);
    const logits = async (of: SequenceModel) => {
      const executable = await engine!.compile(
        (flat, tokens) => {
          const parameters = layout.unflatten(flat as tf.Tensor1D);
          const first = of.forward(parameters, tokens!);
          if (!of.step) return [first, tf.argMax(first, -1)];
          return [first, tf.argMax(first, -1), inSteps(of, parameters, tf.slice(tokens!, [0, 0], [-1, 3]))];
        },
        [
          { shape: [layout.count], dtype: 'float32' },
          { shape: [2, 9], dtype: 'int32' },
        ],
        { label: id },
      );
      const rng = createRng(`compiled ${id}`);
      const flat = engine!.upload(
        layout.initialise(rng).map((x) => x + 0.1 * rng.normal()),
        { shape: [layout.count], dtype: 'float32' },
      );
      const tokens = engine!.upload(
        Int32Array.from({ length: 18 }, () => rng.integer(vocabularySize)),
        {
          shape: [2, 9],
          dtype: 'int32',
        },
      );
      const results = await executable.run([flat, tokens]);
      const read: number[][] = [];
      for (const result of results) read.push(Array.from(await engine!.read(result)));
      engine!.release([flat, tokens, ...results]);
      await executable.dispose();
      return read;
    };
    expect(await logits(intervention.applied(model, settings({ alpha: 0 })))).toEqual(await logits(model));
  });
});

describe('against loops over single numbers', () => {
  const [layers, width, heads, time] = [4, 8, 2, 6];
  const model = new TransformerNone().build({ layers, width, heads, feedForwardFactor: 2 }, vocabularySize);
  const rng = createRng('loops');
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 1, time);

  it.each([
    ['as published', settings()],
    ['stronger', settings({ alpha: 2, threshold: 0.2 })],
    ['less, renormalised', settings({ alpha: -0.5, threshold: 0.1, renormalise: true })],
  ])('%s', (_, given) => {
    const { logits, weights } = looped(parameters, valuesOf(tokens), given);
    const applied = intervention.applied(model, given);
    expect(difference(valuesOf(applied.forward(parameters, tokens)), logits.flat())).toBeLessThan(1e-4);
    expect(difference(valuesOf(applied.attention!(parameters, tokens)), weights.flat(3))).toBeLessThan(1e-5);
  });

  /** The decoder without positions, one sequence, in float64. */
  function looped(from: Parameters, ids: number[], { alpha, threshold, renormalise }: EarlyAttentionBoostSettings) {
    const value = (name: string) => valuesOf(from[name]!);
    const linear = (name: string, x: number[], outputs: number) =>
      Array.from({ length: outputs }, (_, j) =>
        x.reduce((sum, each, i) => sum + each * value(`${name}.weight`)[i * outputs + j]!, value(`${name}.bias`)[j]!),
      );
    const norm = (name: string, x: number[]) => {
      const mean = x.reduce((sum, each) => sum + each) / width;
      const variance = x.reduce((sum, each) => sum + (each - mean) ** 2, 0) / width;
      return x.map(
        (each, i) =>
          ((each - mean) / Math.sqrt(variance + 1e-5)) * value(`${name}.gain`)[i]! + value(`${name}.bias`)[i]!,
      );
    };
    const plus = (a: number[], b: number[]) => a.map((each, i) => each + b[i]!);
    let x = ids.map((id) => value('embedding.weight').slice(id * width, (id + 1) * width));
    const weights: number[][][][] = []; // [layers][heads][queries][keys]
    for (let layer = 0; layer < layers; layer++) {
      const at = `layers.${layer}`;
      const projected = x.map((each) =>
        linear(`${at}.attention.queryKeyValue`, norm(`${at}.attention.norm`, each), 3 * width),
      );
      const mixed = x.map(() => new Array<number>(width).fill(0));
      weights.push([]);
      for (let head = 0; head < heads; head++) {
        const size = width / heads;
        const part = (t: number, which: number) => projected[t]!.slice(which * width + head * size).slice(0, size);
        weights[layer]!.push([]);
        for (let t = 0; t < time; t++) {
          const scores = Array.from({ length: t + 1 }, (_, s) => {
            const [q, k] = [part(t, 0), part(s, 1)];
            return Math.exp(q.reduce((sum, each, i) => sum + each * k[i]!, 0) / Math.sqrt(size));
          });
          const total = scores.reduce((sum, each) => sum + each);
          let row = Array.from({ length: time }, (_, s) => (scores[s] ?? 0) / total);
          if (layer > 0) {
            const first = weights[0]![head]![t]!;
            row = row.map((each, s) =>
              s !== t && first[s]! > threshold ? each * (1 + alpha * (1 - layer / (layers - 1))) : each,
            );
            const now = row.reduce((sum, each) => sum + each);
            if (renormalise) row = row.map((each) => each / now);
          }
          weights[layer]![head]!.push(row);
          for (let s = 0; s < time; s++)
            part(s, 2).forEach((each, i) => (mixed[t]![head * size + i]! += row[s]! * each));
        }
      }
      x = x.map((each, t) => plus(each, linear(`${at}.attention.output`, mixed[t]!, width)));
      x = x.map((each) => {
        const inner = linear(`${at}.feedForward.expand`, norm(`${at}.feedForward.norm`, each), 2 * width);
        return plus(
          each,
          linear(
            `${at}.feedForward.contract`,
            inner.map((one) => Math.max(0, one)),
            width,
          ),
        );
      });
    }
    return { logits: x.map((each) => linear('readout', norm('norm', each), vocabularySize)), weights };
  }
});

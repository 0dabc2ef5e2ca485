import type { AnswerMode, SequenceModel } from '../../src/core/contracts/architecture';
import type { Engine } from '../../src/core/contracts/engine';
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../src/core/random';
import { createFormat, DirectFormat, type AnyFormat } from '../../src/data/format';
import { buckets } from '../../src/data/lengths';
import { Split } from '../../src/data/split';
import { meanScore, scoreSequence } from '../../src/data/score';
import { selectEngine } from '../support/engine-choice';
import { scoreAnswer } from '../../src/evaluation/score-answer';
import { ParameterLayout } from '../../src/model/parameters';
import { ValidationSet } from '../../src/train/validation';
import { Parity } from '../../tasks/parity';
import { bigram } from './support/run';

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

const lengths = [1, 2, 3, 4, 30];
const count = 20;
const rng = createRng('held-out').split('parity');

/** The score of a model, and what it was measured on, drawn again. */
async function measure(format: AnyFormat, model: SequenceModel, table: Float32Array) {
  const all = buckets(format, lengths);
  const split = new Split(format.task, Math.max(...lengths));
  const layout = new ParameterLayout(model.parameters);
  const set = await ValidationSet.create({
    engine,
    model,
    layout,
    format,
    split,
    buckets: all,
    count,
    rng,
    label: 'test',
  });
  const parameters = engine.upload(table, { shape: [layout.count], dtype: 'float32' });
  const score = await set.score(parameters);
  engine.release([parameters]);
  await set.dispose();
  const inputs = all.flatMap((bucket) =>
    Array.from({ length: Math.round((count * bucket.lengths.length) / lengths.length) }, (_, i) => {
      const stream = rng.split(bucket.tokens).split(i);
      return split.draw('validation', stream, stream.choice(bucket.lengths));
    }),
  );
  expect(all.length).toBeGreaterThan(1);
  expect(inputs).toHaveLength(count);
  return { score, inputs };
}

/** A table after which one token follows whatever came before. */
const always = (token: number, size: number) =>
  Float32Array.from({ length: size * size }, (_, i) => (i % size === token ? 1 : 0));

describe('the validation set', () => {
  test.each<AnswerMode>(['direct', 'chain-of-thought', 'filler'])(
    'scores tokens with teacher forcing, in mode %s',
    async (mode) => {
      const format = createFormat(new Parity(), mode);
      const { size } = format.vocabulary;
      const token = format.vocabulary.output[0]!;
      const { score, inputs } = await measure(format, bigram(size), always(token, size));
      const expected = inputs.map((input) => {
        const { targets, scored } = format.encode(input);
        const right = targets.slice(scored.first, scored.first + scored.count);
        return scoreSequence(
          right,
          right.map(() => token),
        );
      });
      expect(score).toEqual(meanScore(expected));
      expect(score.token).toBeGreaterThan(0);
      expect(score.token).toBeLessThan(1);
    },
  );

  test('of direct rows scores as evaluation does', async () => {
    const format = createFormat(new Parity(), 'direct');
    if (!(format instanceof DirectFormat)) throw new Error('not a direct format');
    const { size } = format.vocabulary;
    const [even] = format.vocabulary.output;
    const { score, inputs } = await measure(format, bigram(size), always(even!, size));
    const answers = inputs.map((input) =>
      scoreAnswer(format.task, input, format.decode(input, Array<number>(input.length + 2).fill(even!))),
    );
    expect(score).toEqual(meanScore(answers));
  });

  test('leaves no tensor behind', async () => {
    const format = createFormat(new Parity(), 'direct');
    const { size } = format.vocabulary;
    const before = tf.memory().numTensors;
    await measure(format, bigram(size), always(0, size));
    expect(tf.memory().numTensors).toBe(before);
  });
});

import { createRng } from '../../src/core/random';
import { createFormat } from '../../src/data/format';
import { buckets } from '../../src/data/lengths';
import { Split } from '../../src/data/split';
import { ParameterLayout } from '../../src/model/parameters';
import { HeldOutLoss } from '../../src/train/held-out-loss';
import { validationSequences } from '../../src/train/validation';
import { Parity } from '../../tasks/parity';
import { selectEngine } from '../support/engine-choice';
import { bigram } from './support/run';

it('is the mean over scored positions of minus the logarithm of what the model gives to the right token', async () => {
  const engine = await selectEngine('cpu', { threads: 1 });
  const format = createFormat(new Parity(), 'chain-of-thought');
  const { size } = format.vocabulary;
  const model = bigram(size);
  const settings = {
    ...{ engine, model, format, label: 'test' },
    layout: new ParameterLayout(model.parameters),
    split: new Split(format.task, 30),
    buckets: buckets(format, [1, 2, 3, 30]),
    count: 20,
    rng: createRng('held-out').split('parity'),
  };
  const loss = await HeldOutLoss.create(settings);
  const table = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i));
  const given = await loss.of(table);
  const losses = validationSequences(settings).flatMap(({ sequences }) =>
    sequences.flatMap(({ tokens, targets, scored: { first, count } }) =>
      Array.from({ length: count }, (_, i) => {
        const row = [...table.subarray(size * tokens[first + i]!, size * (tokens[first + i]! + 1))];
        const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
        return Math.log(total) - row[targets[first + i]!]!;
      }),
    ),
  );
  expect(losses.length).toBeGreaterThan(40);
  expect(given).toBeCloseTo(losses.reduce((sum, each) => sum + each, 0) / losses.length, 5);
  await loss.dispose();
  await engine.dispose();
});

import type { AnswerMode } from '../../../src/core/contracts/architecture';
import { createFormat } from '../../../src/data/format';
import { rowTheory } from '../../../src/model/row-properties';
import { sizeOf } from '../../../src/model/sizes';
import { costLengths, costsOf, writtenTokens } from '../../../src/studies/recurrence/costs';
import { builtIn, expand } from '../../support/experiment';
import { sampleInputs } from '../../support/tasks/second-solver';

const registry = builtIn();
const small = { layers: 2, width: 8, heads: 2 };
const rows = {
  direct: { id: 'transformer', hyperparameters: small },
  'chain-of-thought': { id: 'cot-transformer', hyperparameters: small },
  filler: { id: 'filler-transformer', hyperparameters: small },
} satisfies Record<AnswerMode, object>;
const modes = Object.keys(rows) as AnswerMode[];
const costs = costsOf(
  registry,
  expand(registry, {
    architectures: [...Object.values(rows), { id: 'lstm', hyperparameters: { hiddenSize: 4 } }],
    tasks: ['s3', 'brackets', 'parity'],
    seeds: 2,
    protocol: { trainingLengths: { maximum: 10 } },
  }).cells,
);
const costOf = (row: string, column: string) => costs.find((each) => each.row === row && each.column === column)!;

it('is told once for all seeds, and of no baseline', () => {
  expect(costs).toHaveLength(4 * 3);
  for (const { costs: at, longest } of costs) {
    expect(at.map(({ length }) => length)).toEqual([...costLengths]);
    expect(longest.length).toBe(10);
  }
});

describe.each(modes)('%s', (mode) => {
  it.each(['s3', 'parity'])('counts the tokens that sequences of %s have', (column) => {
    const task = registry.createTask(column, {});
    const format = createFormat(task, mode);
    for (const { length, tokens, written } of costOf(rows[mode].id, column).costs)
      for (const input of sampleInputs(task, length, 3)) {
        const sequence = format.encode(input);
        // In training the last token is a target alone.
        expect(tokens).toBe(sequence.tokens.length + (mode === 'direct' ? 0 : 1));
        expect(written).toBe(mode === 'direct' ? 0 : sequence.scored.count);
      }
  });

  it('counts the longest sequence where traces differ in length', () => {
    const task = registry.createTask('brackets', {});
    const format = createFormat(task, mode);
    const deepest = Array.from({ length: 8 }, () => 0);
    const { tokens } = costOf(rows[mode].id, 'brackets').costs.find(({ length }) => length === 8)!;
    expect(tokens).toBe(format.encode(deepest).tokens.length + (mode === 'direct' ? 0 : 1));
    for (const input of sampleInputs(task, 8, 50))
      expect(format.encode(input).tokens.length).toBeLessThanOrEqual(tokens);
  });

  it('adds up the operations of every token', () => {
    const { longest, flops } = costOf(rows[mode].id, 's3');
    const unit = registry.resolve('architecture', rows[mode].id);
    const { size } = createFormat(registry.createTask('s3', {}), mode).vocabulary;
    const hyperparameters = registry.hyperparameters(unit, small, { place: 'test' });
    let sum = 0;
    for (let time = 1; time <= longest.tokens; time++)
      sum += sizeOf('flops', unit, hyperparameters, { vocabularySize: size, time })!;
    expect(flops).toBeCloseTo(sum, 3);
  });
});

it('has the same depth at every length where an answer is one pass, and a pass more for each token that is written', () => {
  const unit = registry.resolve('architecture', 'transformer');
  const theory = rowTheory(unit, registry.hyperparameters(unit, small, { place: 'test' }));
  const direct = costOf('transformer', 's3').costs.map(({ depth }) => depth);
  expect(new Set(direct)).toEqual(new Set([theory.depth.at[0]]));
  for (const { length, depth } of costOf('cot-transformer', 's3').costs) {
    const written = length + 1 + 1 + 1; // a product for every symbol, <answer>, the answer, <end>
    expect(depth).toBe(direct[0]! + written * (theory.depth.perPass + 1)); // the choice of a token is a step
  }
});

it('has depth that grows with every symbol where the state is recurrent', () => {
  const [first, second, third] = costOf('lstm', 's3').costs;
  expect(second!.depth - first!.depth).toBeGreaterThanOrEqual(4); // 4 and 8 symbols
  expect(third!.depth - second!.depth).toBe(2 * (second!.depth - first!.depth));
});

it('knows that direct rows write nothing', () =>
  expect(modes.map((mode) => writtenTokens(registry.createTask('s3', {}), mode, 5))).toEqual([0, 8, 2]));

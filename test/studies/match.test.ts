import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type RegisteredUnit } from '../../registry/units';
import type { Architecture, SequenceModel } from '../../src/core/contracts/architecture';
import type { ZooError } from '../../src/core/errors';
import { boundsOf } from '../../src/core/hyperparameters';
import { quantities, type Setting, sizeOf, sizesOf, usualSetting } from '../../src/model/sizes';
import { budgetOf, matched, parseBudget, type Budget, parseAmount } from '../../src/studies/match';
import { capture } from '../../src/engine/trace/capture';
import { Vocabulary } from '../../src/data/vocabulary';
import { builtIn, expand } from '../support/experiment';

const registry = builtIn();
const rows = registry.architectures();
type Unit = RegisteredUnit<'architecture'>;

const solve = (unit: Unit, budget: Budget, given = {}, setting = usualSetting) =>
  matched(registry, unit, budget, { given, setting, place: 'test' }) as Record<string, number>;
const scaleOf = ({ meta }: Unit) => (meta.hyperparameters as unknown as { scale: string }).scale;
const defaults = (unit: Unit) => registry.hyperparameters(unit, {}, { place: unit.id });
/** Rows whose state does not depend on their width. */
const stateless = rows
  .filter((unit) => ['lru', 'pd-ssm'].includes(unit.id) || sizeOf('state', unit, defaults(unit)) === 0)
  .map(({ id }) => id);
/** Undefined for a budget out of reach. */
function solved(unit: Unit, budget: Budget, setting: Setting): Record<string, number> | undefined {
  try {
    return solve(unit, budget, {}, setting);
  } catch (error) {
    expect((error as ZooError).code).toBe('unreachable-budget');
    return undefined;
  }
}
const parameters = (amount: number): Budget => ({ quantity: 'parameters', amount });

it.each([
  ['64k', 64_000],
  ['1.5m', 1_500_000],
  ['2M', 2_000_000],
  ['300', 300],
  ['64kb', undefined],
  ['-3', undefined],
  ['', undefined],
])('reads %s', (text, amount) => expect(parseAmount(text)).toBe(amount));

it('reads a budget, and says what is wrong with one that is none', () => {
  expect(parseBudget('state=4k')).toEqual({ quantity: 'state', amount: 4000 });
  expect(() => parseBudget('paramters=64k')).toThrow(/not of the form[^]*Did you mean parameters/);
  expect(() => parseBudget('parameters=many')).toThrow(/not of the form/);
  expect(() => parseBudget('parameters')).toThrow(/not of the form/);
});

it.each(rows.map((unit) => [unit.id, unit] as const))('matches %s to 64k parameters within a tenth', (_, unit) => {
  const count = sizeOf('parameters', unit, solve(unit, parameters(64_000)))!;
  expect(Math.abs(count / 64_000 - 1)).toBeLessThan(0.1);
});

it.each(quantities)('finds a width whose %s are nearer the budget than those of its neighbours', (quantity) => {
  const unit = fc.constantFrom(...rows.filter((row) => quantity !== 'state' || !stateless.includes(row.id)));
  const amount = fc.integer({ min: 4000, max: 200_000 });
  fc.assert(
    fc.property(unit, amount, fc.integer({ min: 5, max: 40 }), (row, budget, vocabularySize) => {
      const [key, setting] = [scaleOf(row), { ...usualSetting, vocabularySize }];
      const distance = (width: number): number => {
        try {
          const hyperparameters = registry.hyperparameters(row, { [key]: width }, { place: 'test' });
          return Math.abs(sizeOf(quantity, row, hyperparameters, setting)! - budget);
        } catch {
          return Infinity; // not allowed
        }
      };
      const found = solved(row, { quantity, amount: budget }, setting);
      fc.pre(found !== undefined);
      const neighbours = Array.from({ length: 17 }, (_, i) => found[key]! - 8 + i);
      expect(distance(found[key]!)).toBe(Math.min(...neighbours.map(distance)));
    }),
    { numRuns: 40, seed: 1 },
  );
});

it('finds widths that models can be made of, heads of an odd width included', () => {
  for (const row of rows) {
    const model = new row.unitClass().build(solve(row, parameters(9000)), 5);
    const signature = model.parameters.map(({ shape }) => ({ shape, dtype: 'float32' as const }));
    const forward = (tokens: Tensor, ...values: Tensor[]) => [
      model.forward(Object.fromEntries(model.parameters.map(({ name }, i) => [name, values[i]!])), tokens as Tensor2D),
    ];
    const graph = capture(forward, [{ shape: [2, 3], dtype: 'int32' }, ...signature], row.id, 'native');
    expect(graph.outputs[0]!.shape).toEqual([2, 3, 5]);
  }
});

it('keeps to other hyperparameters as written, and replaces the one it solves for', () => {
  const lstm = registry.resolve('architecture', 'lstm');
  const deep = solve(lstm, parameters(64_000), { layers: 3, hiddenSize: 7, embeddingWidth: 10 });
  expect(deep).toMatchObject({ layers: 3, embeddingWidth: 10 });
  expect(Math.abs(sizesOf(lstm, deep).parameters / 64_000 - 1)).toBeLessThan(0.02);
  const heads = solve(registry.resolve('architecture', 'transformer'), parameters(64_000), { heads: 3 });
  expect(heads.width! % 3).toBe(0);
  expect(() => solve(lstm, parameters(64_000), { layerz: 3 })).toThrow(/test: layerz is not a key here/);
});

it.each([
  [
    'stack-rnn',
    'state',
    1000,
    '"stack-rnn" cannot be matched to state=1000: it reaches from 1025 (hiddenSize=1) to 5120 (hiddenSize=4096).',
  ],
  ['transformer', 'state', 1e9, '(width=4) to 1048576 (width=4096)'],
  ['lru', 'state', 1000, 'it takes 256 whatever width is'],
  ['transformer-encoder', 'state', 1000, 'it takes 0 whatever width is'],
] as const)('refuses to match %s to %s=%d', (id, quantity, amount, text) => {
  expect(() => solve(registry.resolve('architecture', id), { quantity, amount })).toThrow(text);
});

class Plain {
  @IsInt() @Min(1) @Max(8) layers = 1;
}
class Even extends Plain {
  @IsInt() width = 2;
  static readonly scale = 'width';
}
const meta = {
  version: 1,
  title: 'T',
  year: 2000,
  summary: 'S.',
  reference: { authors: 'A', title: 'T', identifier: 'I' },
  capabilities: { causal: true },
} as const;
class Bare implements Architecture {
  build = () => ({ parameters: [] }) as unknown as SequenceModel;
}
/** Reads a tensor back, which no traced program can. */
class Reading implements Architecture {
  build = (): SequenceModel => ({
    parameters: [],
    forward: (_, tokens) => tf.tensor3d([[[tokens.dataSync()[0]!]]]),
  });
}
registry.register(
  [
    architecture({ ...meta, id: 'unscaled', hyperparameters: Plain })(Bare),
    architecture({ ...meta, id: 'untraceable', hyperparameters: Even })(Reading),
  ],
  { origin: 'test' },
);

it('refuses rows that do not say how they grow, or whose cost cannot be seen', () => {
  const of = (id: string) => registry.resolve('architecture', id);
  expect(() => solve(of('unscaled'), parameters(10))).toThrow(/do not say which of them makes it larger/);
  expect(() => solve(of('untraceable'), { quantity: 'flops', amount: 10 })).toThrow(
    /the engine cannot trace what it computes/,
  );
});

it('knows the bounds that rules set', () => {
  expect(boundsOf(Plain, 'layers')).toEqual({ minimum: 1, maximum: 8 });
  expect(boundsOf(Even, 'width')).toEqual({ minimum: undefined, maximum: undefined });
});

describe('in an experiment', () => {
  const grid = { architectures: ['lstm', 'gru'], tasks: ['parity', 'brackets'], baselines: [] };

  it('writes what it solved for into every cell, by the vocabulary of its task', () => {
    const { cells } = expand(registry, { ...grid, match: { parameters: '20k' } });
    expect(cells).toHaveLength(4);
    for (const {
      specification: { architecture: choice, task },
    } of cells) {
      const unit = registry.resolve('architecture', choice.id);
      const { size: vocabularySize } = new Vocabulary(registry.createTask(task.id).alphabets, 'direct');
      const expected = solve(unit, parameters(20_000), {}, { ...usualSetting, vocabularySize });
      expect([choice.id, task.id, choice.hyperparameters]).toEqual([choice.id, task.id, { ...expected }]);
    }
  });

  it('changes nothing where there is no budget', () => {
    const { cells } = expand(registry, grid);
    expect(cells[0]!.specification.architecture.hyperparameters).toMatchObject({ hiddenSize: 64 });
  });

  it('leaves rows out that cannot be matched, with the reason, and fails where none can', () => {
    const manifest = expand(registry, { ...grid, architectures: ['lstm', 'lru'], match: { state: 1000 } });
    expect(manifest.cells.map(({ specification }) => specification.architecture.id)).toEqual(['lstm', 'lstm']);
    expect(manifest.inapplicable[0]).toMatchObject({
      architecture: 'lru',
      reason: expect.stringContaining('whatever width is') as string,
    });
    expect(() => expand(registry, { ...grid, match: { parameters: 100 } })).toThrow(
      /"lstm" cannot be matched to parameters=100: it reaches from/,
    );
  });

  it.each([
    [{ parameters: '64q' }, /match.parameters is "64q": must/],
    [{ width: 3 }, /match.width is not a key here/],
    [{}, /match is {}: must have one of parameters, state, flops/],
    [{ parameters: 3, state: 4 }, /must have one of/],
    [{ parameters: 0 }, /match.parameters is 0: must not be less than 1/],
  ])('refuses %j', (match, problem) => {
    expect(() => expand(registry, { ...grid, match })).toThrow(problem);
  });

  it('finds the budget of a file', () => {
    expect(budgetOf({ flops: 5 })).toEqual({ quantity: 'flops', amount: 5 });
    expect(budgetOf(undefined)).toBeUndefined();
  });
});

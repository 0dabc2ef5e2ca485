import type { CellRecord } from '../../../src/core/contracts/record';
import { contradiction } from '../../../src/studies/capability/contradiction';
import { makeRecord } from '../../support/records';

const record = makeRecord({ inRange: 1, near: 0.5, far: null });
const changed = (change: (copy: CellRecord) => object): CellRecord =>
  Object.assign(structuredClone(record), change(record));

it('finds none in what was measured', () => {
  expect(contradiction(record)).toBeUndefined();
  expect(contradiction(makeRecord({ baseline: true, inRange: 0.5, near: 0.5, far: 0.5 }))).toBeUndefined();
});

it('finds scores of ranges that are not those of the lengths', () => {
  const better = { score: { exact: 1, token: 1 } };
  const ranges = ({ ranges: { near, ...others } }: CellRecord) => ({
    ranges: { ...others, near: { ...near, ...better } },
  });
  expect(contradiction(changed(ranges))).toBe('ranges.near is not the mean of its lengths');
});

it('finds a training set that is not the one of the protocol', () => {
  const of = (trainingSet: object | undefined, trainingSequences?: number) =>
    contradiction(
      changed(({ specification, training }) => ({
        specification: { ...specification, protocol: { ...specification.protocol, trainingSequences } },
        training: { ...training!, trainingSet },
      })),
    );
  expect(of({ sequences: 9, distinct: 8, epochs: 1 }, 9)).toBeUndefined();
  expect(of({ sequences: 9, distinct: 8, epochs: 1 }, 10)).toBe(
    'it was trained on 9 sequences, and the protocol says 10',
  );
  expect(of(undefined, 10)).toBe('it was trained on any number of sequences, and the protocol says 10');
  expect(of({ sequences: 9, distinct: 8, epochs: 1 })).toMatch(/the protocol says any number$/);
  expect(of({ sequences: 9, distinct: 10, epochs: 1 }, 9)).toMatch(/are distinct than there are/);
});

it('finds a length that is there twice, and steps that are not of this training', () => {
  const [first] = record.lengths;
  const twice = { ...first!, range: 'far' as const, score: null, sequences: 0 };
  const lengths = changed(({ lengths, ranges }) => ({
    lengths: [...lengths, twice],
    ranges: { ...ranges, far: { ...ranges.far, notEvaluatedLengths: ranges.far.notEvaluatedLengths + 1 } },
  }));
  expect(contradiction(lengths)).toBe('a length is there twice');
  const curve = [
    { step: 2, loss: 1 },
    { step: 1, loss: 1 },
  ];
  const training = { ...record.training!, steps: 10, curve };
  expect(contradiction(changed(() => ({ training })))).toBe('training.curve[1].step is out of order');
  expect(contradiction(changed(() => ({ training: { ...training, steps: 1e9 } })))).toMatch(/the protocol has fewer/);
  expect(contradiction(changed(() => ({ training: null })))).toMatch(/has no training/);
});

it('finds rules that the protocol does not have: a futile training, and sequences that were not measured', () => {
  const of = (outcome: 'completed' | 'stopped-futile', futile?: number | null) =>
    contradiction(
      changed(({ specification, training }) => ({
        specification: { ...specification, protocol: { ...specification.protocol, stop: { futile } } },
        training: { ...training!, outcome },
      })),
    );
  expect([of('stopped-futile', 12), of('completed', 12), of('completed')]).toEqual([undefined, undefined, undefined]);
  expect(of('stopped-futile')).toBe('it stopped as futile, and the protocol has no such rule');
  const partly = (sequential?: { error: number }) =>
    contradiction(
      changed(({ specification, lengths }) => {
        const { protocol } = specification;
        const evaluation = { ...protocol.evaluation, sequential };
        return {
          specification: { ...specification, protocol: { ...protocol, evaluation } },
          lengths: lengths.map((result) => (result.score ? { ...result, unmeasured: 32 } : result)),
        };
      }),
    );
  expect(partly({ error: 0.01 })).toBeUndefined();
  expect(partly()).toBe('length 1 has sequences that were not measured, and the protocol asks for all');
});

it('finds a search that is not the one that was asked for', () => {
  const trials = [0.01, 0.001].map((rate) => ({ settings: { 'optimiser.learningRate': rate }, seed: 1 }));
  const tried = trials.map((trial) => ({ ...trial, reached: [], steps: 5, ended: 'paused' }));
  const found = { key: 'a'.repeat(64), rule: 'all', rungs: [5], trials: tried, chosen: 1, steps: 10 };
  const of = (asked: object | undefined, search: object | undefined) =>
    contradiction(
      changed(({ specification }) => ({
        specification: { ...specification, ...(asked && { search: { version: 1, rule: 'all', seed: 1, ...asked } }) },
        ...(search && { search }),
      })),
    );
  expect(of({ trials }, found)).toBeUndefined();
  expect(of({ trials }, undefined)).toMatch(/has no search/);
  expect(of(undefined, found)).toMatch(/has no search/);
  expect(of({ trials: trials.slice(1) }, found)).toBe('search.trials are not those that were asked for');
  expect(of({ trials, rule: 'successive-halving' }, found)).toBe('search.trials are not those that were asked for');
  expect(of({ trials }, { ...found, chosen: 2 })).toBe('search.chosen is 2, and there are 2 trials');
  expect(of({ trials }, { ...found, steps: 11 })).toBe('search.steps is 11, and its trials took 10');
});

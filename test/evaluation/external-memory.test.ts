import fc from 'fast-check';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import type { LengthResult } from '../../src/core/contracts/record';
import { Protocol } from '../../src/core/protocol';
import { longestEvaluated, memoryCells, withMemoryLimits } from '../../src/evaluation/external-memory';
import { Regex, RegexHyperparameters } from '../../tasks/regex';
import { Reversal } from '../../tasks/reversal';

const withMemory = (size: { training: number; evaluation?: number }): Pick<SequenceModel, 'externalMemory'> => ({
  externalMemory: { size, withCells: () => ({ parameters: [], forward: () => null as never }) },
});

it('has room for the longest evaluated input and its end where nothing is said, and never shrinks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 1, max: 60 }), (training, maximum) => {
      const protocol = Object.assign(new Protocol(), { trainingLengths: { minimum: 1, maximum } });
      const longest = longestEvaluated(new Reversal(), protocol);
      expect(longest).toBe(Math.floor(maximum * protocol.evaluation.farFactor));
      const { evaluation } = memoryCells(withMemory({ training }), new Reversal(), protocol)!;
      expect(evaluation).toBe(Math.max(training, longest + 1));
    }),
  );
});

it('has the lengths of the task in mind: a finite language takes no more than its longest word', () => {
  const words = new Regex(Object.assign(new RegexHyperparameters(), { expression: 'a?b?c?' }));
  expect(memoryCells(withMemory({ training: 2 }), words, new Protocol())).toEqual({ training: 2, evaluation: 4 });
});

it('is what it is set to, be it too small; a row without a memory has none', () => {
  const size = { training: 40, evaluation: 26 };
  expect(memoryCells(withMemory(size), new Reversal(), new Protocol())).toEqual(size);
  expect(memoryCells({}, new Reversal(), new Protocol())).toBeUndefined();
});

it('tells of the lengths that it cannot hold, unless they were not evaluated at all', () => {
  const score = { exact: 0.5, token: 0.5 };
  const at = (length: number, scored = true): LengthResult => ({
    ...{ length, range: 'far', sequences: 8 },
    score: scored ? score : null,
  });
  const limited = withMemoryLimits([at(25), at(26), at(27, false)], { training: 12, evaluation: 26 });
  expect(limited.map(({ exceedsMemory }) => exceedsMemory)).toEqual([
    undefined,
    'an external memory of 26 cells, and an input of 26 takes 27',
    undefined,
  ]);
  expect(limited.map((result) => result.score)).toEqual([score, score, null]);
  expect(withMemoryLimits([at(900)], undefined)).toEqual([at(900)]);
});

import { lengthRanges } from '../../src/core/contracts/reference';
import { Protocol } from '../../src/core/protocol';
import { createRng } from '../../src/core/random';
import { Split } from '../../src/data/split';
import { evaluate, summarise } from '../../src/evaluation/evaluate';
import { Regex } from '../../tasks/regex';
import { Parity } from '../../tasks/parity';

describe('evaluation', () => {
  const protocol = Object.assign(new Protocol(), {
    evaluation: Object.assign(new Protocol().evaluation, {
      sequencesPerLength: 50,
      lengthsPerRange: 3,
      tokenBudget: 120,
    }),
  });
  const task = new Parity();
  /** Right on even lengths, silent on odd ones. */
  const predictor = {
    predict: async (inputs: readonly (readonly number[])[]) =>
      inputs.map((input) => ({ answer: input.length % 2 === 0 ? task.solve(input) : [] })),
    dispose: async () => undefined,
  };
  const hooks = (answering = predictor) => ({
    tokensAt: (length: number) => length + 2,
    predictorFor: () => answering,
    thresholdOf: () => 0.95,
    onLength: () => undefined,
  });

  test('keeps results by length, means by range, and what it did not measure apart', async () => {
    const { lengths, ranges } = await evaluate(new Split(task, 40), 'parity', protocol, hooks());
    expect(lengths.map(({ length, score }) => [length, score?.exact ?? null])).toEqual([
      [1, 0],
      [21, 0],
      [40, 1],
      [41, 0],
      [71, 0],
      [100, 1],
      [101, 0],
      [179, null],
      [256, null],
    ]);
    // Training can draw both inputs of length 1.
    expect(lengths.map(({ notAveraged }) => notAveraged !== undefined)).toEqual([
      true,
      ...Array<boolean>(8).fill(false),
    ]);
    expect(ranges.inRange).toEqual({
      score: { exact: 1 / 2, token: 1 / 2 },
      evaluatedLengths: 3,
      notAveragedLengths: 1,
      notEvaluatedLengths: 0,
    });
    expect(ranges.far).toEqual({
      score: { exact: 0, token: 0 },
      evaluatedLengths: 1,
      notAveragedLengths: 0,
      notEvaluatedLengths: 2,
    });
    expect(lengths.map(({ faults }) => faults?.malformed)).toEqual([1, 1, 0, 1, 1, 0, 1, undefined, undefined]);
  });

  test('a finite language is averaged over what there is, and says which ranges it lacks', async () => {
    const finite = new Regex({ expression: 'a?b?c?', symbols: '' });
    const solver = {
      ...predictor,
      predict: async (all: readonly (readonly number[])[]) => all.map((input) => ({ answer: finite.solve(input) })),
    };
    const { lengths, ranges } = await evaluate(new Split(finite, 40), 'regex:a?b?c?', protocol, hooks(solver));
    expect(lengths.map(({ length }) => length)).toEqual([2, 3]); // every word of length 1 is a member
    expect(ranges.inRange).toMatchObject({ score: { exact: 1, token: 1 }, notAveragedLengths: 2 });
    expect(ranges.near).toEqual({
      score: null,
      notEvaluated: 'the task has no inputs of 41 to 100 symbols',
      evaluatedLengths: 0,
      notAveragedLengths: 0,
      notEvaluatedLengths: 0,
    });
  });

  test('ranges can be summarised again from lengths', async () => {
    const { lengths, ranges } = await evaluate(new Split(task, 40), 'parity', protocol, hooks());
    expect(summarise(lengths)).toEqual(ranges);
  });
});

describe('sequential evaluation', () => {
  const task = new Parity();
  const ranges = { inRange: 40, near: 100, far: 256 };
  const protocolOf = (sequential?: { error: number }) =>
    Object.assign(new Protocol(), {
      evaluation: { ...new Protocol().evaluation, sequencesPerLength: 128, lengthsPerRange: 3, sequential },
    });
  /** Evaluated by somebody who is wrong on a share of the inputs of a length, which ones being a question of the input alone. */
  const evaluated = async (wrongAt: (length: number) => number, sequential?: { error: number }) => {
    const asked: number[] = [];
    const predictor = {
      predict: async (inputs: readonly (readonly number[])[]) => {
        asked.push(inputs.length);
        return inputs.map((input) => {
          const isWrong = createRng(input.join('')).uniform() < wrongAt(input.length);
          return { answer: isWrong ? [] : task.solve(input) };
        });
      },
      dispose: async () => undefined,
    };
    const found = await evaluate(new Split(task, 40), 'parity', protocolOf(sequential), {
      tokensAt: (length) => length + 2,
      predictorFor: () => predictor,
      thresholdOf: () => 0.95,
      onLength: () => undefined,
    });
    return { ...found, asked };
  };
  const reaches = ({ lengths, ranges: means }: Awaited<ReturnType<typeof evaluated>>) =>
    lengthRanges.map((range) => {
      const longest = lengths.find(({ length }) => length === ranges[range])!;
      return Math.min(longest.score!.exact, means[range].score!.exact) >= 0.95;
    });

  test('a length is answered until its side of the threshold is certain; what was not answered is counted', async () => {
    const { lengths, asked } = await evaluated((length) => (length > 40 ? 0.9 : 0), { error: 0.01 });
    const of = (length: number) => lengths.find((each) => each.length === length)!;
    expect(of(100)).toMatchObject({ sequences: 16, unmeasured: 112 });
    expect(of(40).sequences).toBeGreaterThanOrEqual(73); // fewer leave every verdict borderline
    expect(of(40).unmeasured).toBe(128 - of(40).sequences);
    expect(of(1)).toEqual({
      ...{ length: 1, range: 'inRange', sequences: 96, unmeasured: 32, notAveraged: expect.any(String) },
      ...{ score: { exact: 1, token: 1 }, faults: { unfinished: 0, malformed: 0, wrong: 0 } },
    });
    expect(Math.max(...asked)).toBe(16);
  });

  test('without it every sequence is answered at once, in the order of the test set', async () => {
    const { lengths, asked } = await evaluated(() => 0.9);
    expect(lengths.every(({ unmeasured }) => unmeasured === undefined)).toBe(true);
    expect(asked).toEqual(lengths.map(({ sequences }) => sequences));
  });

  test('where the longest length is reached and another is not, the mean decides, and all are answered', async () => {
    const { lengths } = await evaluated((length) => (length === 71 ? 0.5 : 0), { error: 0.01 });
    const near = lengths.filter(({ range }) => range === 'near');
    expect(near.map(({ sequences }) => sequences)).toEqual([128, 128, 128]);
    expect(lengths.filter(({ range }) => range === 'far').every(({ unmeasured }) => unmeasured! > 0)).toBe(true);
  });

  test('ranges are reached as they are where all of the sequences are answered', async () => {
    for (const worst of [0, 0.02, 0.04, 0.05, 0.06, 0.1, 0.3, 1]) {
      const wrongAt = (length: number) => worst * (length / 256);
      const [whole, part] = [await evaluated(wrongAt), await evaluated(wrongAt, { error: 0.01 })];
      expect(reaches(part)).toEqual(reaches(whole));
    }
  });
});

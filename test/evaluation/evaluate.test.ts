import { Protocol } from '../../src/core/protocol';
import { Split } from '../../src/data/split';
import { evaluate, scoreAnswer, summarise } from '../../src/evaluation/evaluate';
import { Regex } from '../../tasks/regex';
import { Multiplication } from '../../tasks/multiplication';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

describe('scoring one answer', () => {
  const reversal = new Reversal();
  test.each([
    ['right', [1, 1, 0], { exact: 1, token: 1, fault: null }],
    ['one symbol wrong', [1, 1, 1], { exact: 0, token: 2 / 3, fault: 'wrong' }],
    ['too short', [1], { exact: 0, token: 1 / 3, fault: 'malformed' }],
    ['too long: what follows is ignored', [1, 1, 0, 0], { exact: 1, token: 1, fault: null }],
    ['no answer symbol', [1, -1, 0], { exact: 0, token: 2 / 3, fault: 'malformed' }],
    ['nothing', [], { exact: 0, token: 0, fault: 'malformed' }],
  ])('%s', (_, answer, score) => {
    expect(scoreAnswer(reversal, [0, 1, 1], { answer })).toMatchObject(score);
  });
  test('an answer that never came to its end is unfinished, whatever there is of it', () => {
    expect(scoreAnswer(reversal, [0, 1], { answer: [0, 0], isUnfinished: true }).fault).toBe('unfinished');
    expect(scoreAnswer(reversal, [0, 1], { answer: [], isUnfinished: true }).fault).toBe('unfinished');
    expect(scoreAnswer(reversal, [0, 1], { answer: [1, 0], isUnfinished: true }).fault).toBeNull();
  });
  test('padding after a terminator does not count', () => {
    // 1 * 3 = 3: little-endian 1 1, terminator 2, then zeros that are not scored.
    expect(scoreAnswer(new Multiplication(), [1, 0, 2, 1, 1], { answer: [1, 1, 2, 1, 1] })).toMatchObject({
      exact: 1,
      token: 1,
    });
  });
  test('a trace is judged apart from the answer', () => {
    const parity = new Parity();
    expect(scoreAnswer(parity, [1, 1], { answer: [0], trace: [1, 3, 1, 2] })).toMatchObject({ exact: 1, trace: true });
    expect(scoreAnswer(parity, [1, 1], { answer: [0], trace: [1, 2, 1, 2] })).toMatchObject({ exact: 1, trace: false });
    expect(scoreAnswer(parity, [1, 1], { answer: [0] }).trace).toBeNull();
  });
});

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

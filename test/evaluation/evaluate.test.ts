import { Protocol } from '../../src/core/protocol';
import { createRng } from '../../src/core/random';
import { evaluate, summarise, scoreAnswer, testInputs } from '../../src/evaluation/evaluate';
import { Multiplication } from '../../tasks/multiplication';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

describe('scoring one answer', () => {
  const reversal = new Reversal();
  test.each([
    ['right', [1, 1, 0], { exact: 1, token: 1 }],
    ['one symbol wrong', [1, 1, 1], { exact: 0, token: 2 / 3 }],
    ['too short', [1], { exact: 0, token: 1 / 3 }],
    ['too long: what follows is ignored', [1, 1, 0, 0], { exact: 1, token: 1 }],
    ['nothing', [], { exact: 0, token: 0 }],
  ])('%s', (_, answer, score) => {
    expect(scoreAnswer(reversal, [0, 1, 1], { answer })).toMatchObject(score);
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
  const measure = () =>
    evaluate(task, 'parity', protocol, {
      tokensAt: (length) => length + 2,
      predictorFor: () => predictor,
      onLength: () => undefined,
    });

  test('keeps results by length, means by range, and what it did not measure apart', async () => {
    const lengths = await measure();
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
    const ranges = summarise(lengths);
    expect(ranges.inRange).toEqual({
      score: { exact: 1 / 3, token: 1 / 3 },
      evaluatedLengths: 3,
      notEvaluatedLengths: 0,
    });
    expect(ranges.far).toEqual({ score: { exact: 0, token: 0 }, evaluatedLengths: 1, notEvaluatedLengths: 2 });
  });
  test('every architecture meets the same test set, and no other set shares its stream', () => {
    expect(testInputs(task, 'parity', 30, 20)).toEqual(testInputs(task, 'parity', 30, 20));
    const heldOut = createRng('held-out').split('parity');
    const seen = new Set(testInputs(task, 'parity', 30, 200).map(String));
    const training = createRng(1).split('batch').split(1);
    for (const stream of [heldOut, training]) {
      for (let i = 0; i < 200; i++) expect(seen.has(String(task.sample(stream, 30)))).toBe(false);
    }
  });
});

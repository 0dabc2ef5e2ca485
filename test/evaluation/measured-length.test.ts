import { MeasuredLength } from '../../src/evaluation/measured-length';
import { Reversal } from '../../tasks/reversal';

const task = new Reversal();
const inputs = Array.from({ length: 40 }, (_, i) => [i % 2, 1, (i >> 1) % 2]);

/** Right on the inputs that begin with a symbol; remembers how many it was asked at a time. */
function predictorFor(rightOn: number) {
  const asked: number[] = [];
  const predict = async (some: readonly (readonly number[])[]) => {
    asked.push(some.length);
    return some.map((input) => ({ answer: input[0] === rightOn ? task.solve(input) : [] }));
  };
  return { asked, predictor: { predict, dispose: async () => undefined } };
}

test('a whole length is answered at once, and nothing is left', async () => {
  const { asked, predictor } = predictorFor(1);
  const length = new MeasuredLength(task, inputs, predictor);
  await length.finish();
  await length.finish();
  expect(asked).toEqual([40]);
  expect(length.result).toEqual({
    sequences: 40,
    score: { exact: 0.5, token: 0.5 },
    faults: { unfinished: 0, malformed: 0.5, wrong: 0 },
  });
});

test('a length that is decided can be answered to its end, each input once', async () => {
  const { asked, predictor } = predictorFor(1);
  const length = new MeasuredLength(task, inputs, predictor);
  expect(await length.decide(0.95, 0.01)).toBe(false);
  expect(length.result).toMatchObject({ sequences: 16, unmeasured: 24, score: { exact: 0.5 } });
  await length.finish();
  expect(asked).toEqual([16, 24]);
  expect(length.result.sequences).toBe(40);
  expect(length.result).not.toHaveProperty('unmeasured');
});

import { scoredAnswer } from '../../src/core/scored-answer';
import { evaluatedLengths } from '../../src/data/lengths';
import { Split } from '../../src/data/split';
import { Protocol } from '../../src/core/protocol';
import { lengthRanges } from '../../src/core/contracts/reference';
import { testInputs } from '../../src/evaluation/test-set';
import { ModularArithmeticBrackets } from '../../tasks/modular-arithmetic-brackets';
import { CycleNavigation } from '../../tasks/cycle-navigation';
import { Parity } from '../../tasks/parity';
import { createTask, taskFiles } from '../support/tasks/discover';

const shares = (task: Parity | CycleNavigation, inputs: readonly number[][]) => {
  const counts = new Map<number, number>();
  for (const input of inputs) {
    const [answer] = task.solve(input);
    counts.set(answer!, (counts.get(answer!) ?? 0) + 1);
  }
  return [...counts].sort().map(([, count]) => count);
};

describe('a test set', () => {
  const parity = new Split(new Parity(), 40);

  it('is the same for every architecture', () => {
    expect(testInputs(parity, 'parity', 30, 20)).toEqual(testInputs(parity, 'parity', 30, 20));
    expect(testInputs(parity, 'parity', 30, 20)).not.toEqual(testInputs(parity, 'z2', 30, 20));
  });
  it('holds nothing that training can draw, and nothing twice, at a trained length', () => {
    for (const length of [9, 24, 40]) {
      const inputs = testInputs(parity, 'parity', length, 128);
      expect(inputs.filter((input) => parity.canDraw(input))).toEqual([]);
      expect(new Set(inputs.map(String)).size).toBe(inputs.length);
    }
  });
  it('has as many inputs of each of a few equally likely answers', () => {
    for (const length of [1, 24, 40, 41, 256])
      expect(shares(new Parity(), testInputs(parity, 'parity', length, 128))).toEqual([64, 64]);
    const cycle = new CycleNavigation();
    expect(shares(cycle, testInputs(new Split(cycle, 40), 'cycle-navigation', 100, 100))).toEqual([20, 20, 20, 20, 20]);
  });
  it('takes each test input of a collection once, as many of each answer where these are about equally many', () => {
    const tested = Array.from({ length: 32 }, (_, at) => [...at.toString(2).padStart(5, '0')].map(Number));
    const collectionOf = (inputs: number[][]) => ({ lengths: () => [5], inputs: () => inputs });
    const inputsOf = (inputs: number[][], count: number) =>
      testInputs(new Split(Object.assign(new Parity(), { collection: collectionOf(inputs) }), 40), 'own', 5, count);
    expect(inputsOf(tested, 100).map(String).sort()).toEqual(tested.map(String).sort());
    expect(shares(new Parity(), inputsOf(tested, 12))).toEqual([6, 6]);
    expect(new Set(inputsOf(tested, 12).map(String)).size).toBe(12);
    expect(inputsOf(tested, 12)).toEqual(inputsOf(tested, 12));
    const odd = tested.filter((input) => new Parity().solve(input)[0] === 1);
    expect(shares(new Parity(), inputsOf([...odd, tested[0]!], 100))).toEqual([1, 16]);
    expect(
      shares(new Parity(), inputsOf([...odd, ...tested.filter((input) => !odd.includes(input)).slice(0, 9)], 100)),
    ).toEqual([9, 10]);
  });
  it('leaves other laws as they are', () => {
    const brackets = new ModularArithmeticBrackets();
    const zeros = testInputs(new Split(brackets, 40), 'brackets', 60, 400).filter(
      (input) => scoredAnswer(brackets, input)[0] === 0,
    );
    expect(zeros.length / 400).toBeGreaterThan(0.24);
  });
});

describe.each(taskFiles.flatMap(({ units }) => units.map(({ meta }) => meta.id)))('%s', (id) => {
  const task = createTask(id);
  const protocol = new Protocol();
  Object.assign(protocol.evaluation, { lengthsPerRange: 3 });
  protocol.trainingLengths.maximum = 12; // as in the experiment "columns"

  it('is tested with inputs of the lengths that are recorded, each in its range, once', () => {
    const split = new Split(task, 12);
    const asked = evaluatedLengths(task, protocol);
    const [first, last] = [
      { inRange: 1, near: 13, far: 31 },
      { inRange: 12, near: 30, far: 76 },
    ];
    for (const range of lengthRanges) {
      const { lengths } = asked[range];
      expect(new Set(lengths).size).toBe(lengths.length);
      for (const length of lengths) {
        expect(length).toBeGreaterThanOrEqual(first[range]);
        expect(length).toBeLessThanOrEqual(last[range]);
        for (const input of testInputs(split, id, length, 8)) expect(input).toHaveLength(length);
      }
    }
  });
});

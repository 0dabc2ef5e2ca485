import type { Rng } from '../core/contracts/random';
import { createRng } from '../core/random';
import { scoredAnswer } from '../core/scored-answer';
import { groupBy, type Split } from '../data/split';

/** Draws by which the law of the answers is judged, and answers up to which a test set is balanced. */
const looks = 1024;
const mostAnswers = 16;
/** Standard normal quantile: one law in a million that is balanced is judged not to be. */
const quantile = 4.7534;
/** Draws after which a test set stays smaller than asked for, as a multiple of its size. */
const mostDraws = 64;

/** Answers of a collection are balanced where none is there so many times as often as another: few inputs are left out. */
const mostOften = 2;

type Input = readonly number[];

const drawn = new WeakMap<Split, Map<string, readonly number[][]>>();

/**
 * The test inputs of a length that the task has, the same for every architecture and seed. None of them can be drawn in
 * training, and none comes twice, wherever the split keeps the length apart. A task whose answer is one of a few equally
 * likely symbols gets equally many inputs of each: a constant answer then scores its chance exactly. Of a collection the test
 * part is taken, in an order of its own, each input once. They are drawn once for each split.
 */
export function testInputs(split: Split, taskId: string, length: number, count: number): readonly number[][] {
  const sets = drawn.get(split) ?? new Map<string, readonly number[][]>();
  drawn.set(split, sets);
  const key = `${taskId} ${length} ${count}`;
  const inputs = sets.get(key) ?? drawInputs(split, taskId, length, count);
  sets.set(key, inputs);
  return inputs;
}

function drawInputs(split: Split, taskId: string, length: number, count: number): readonly number[][] {
  const { task, longest } = split;
  const rng = createRng('test').split(taskId).split(length);
  const isApart = length <= longest && split.keepsApart(length);
  const classOf = (input: Input) => scoredAnswer(task, input).join();
  const answers =
    task.answerLength(length) === 1 ? balancedAnswers(split, rng.split('answers'), length, classOf) : null;
  const collected = task.collection && rng.shuffle(task.collection.inputs('test', length));
  const most = collected?.length ?? count * mostDraws;
  const room = answers && new Map(answers.map((answer, at) => [answer, share(count, answers.length, at)]));
  const taken: number[][] = [];
  const seen = new Set<string>();
  for (let draws = 0; taken.length < count && draws < most; draws++) {
    const input = collected ? [...collected[draws]!] : split.draw('test', rng, length);
    if (isApart && seen.has(input.join())) continue;
    if (room) {
      const answer = classOf(input);
      const left = room.get(answer) ?? 0;
      if (left === 0) continue;
      room.set(answer, left - 1);
    }
    if (isApart) seen.add(input.join());
    taken.push(input);
  }
  return room ? balanced(taken, classOf) : taken;
}

/** Parts of a whole that differ by one at most. */
const share = (whole: number, among: number, at: number): number =>
  Math.floor(whole / among) + (at < whole % among ? 1 : 0);

/** As many inputs of each answer as there are of the rarest, or one more. */
function balanced(inputs: readonly number[][], classOf: (input: Input) => string): number[][] {
  const most = 1 + Math.min(...[...groupBy(inputs, classOf).values()].map((group) => group.length));
  const counts = new Map<string, number>();
  return inputs.filter((input) => {
    const answer = classOf(input);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
    return counts.get(answer)! <= most;
  });
}

/** The answers that occur, where there are few and nothing speaks against their being equally likely. */
function balancedAnswers(split: Split, rng: Rng, length: number, classOf: (input: Input) => string): string[] | null {
  const { task } = split;
  const collected = task.collection?.inputs('test', length);
  const inputs = collected ?? Array.from({ length: looks }, () => task.sample(rng, length));
  const groups = groupBy(inputs, classOf);
  if (groups.size < 2 || groups.size > mostAnswers) return null;
  const sizes = [...groups.values()].map((group) => group.length);
  const isBalanced = collected ? Math.max(...sizes) <= mostOften * Math.min(...sizes) : areEquallyLikely(sizes);
  return isBalanced ? [...groups.keys()].sort() : null;
}

/** Whether nothing speaks against it where answers were drawn so often. */
function areEquallyLikely(sizes: readonly number[]): boolean {
  const expected = looks / sizes.length;
  // chi^2 = sum (n - n0)^2 / n0
  const statistic = sizes.reduce((sum, size) => sum + (size - expected) ** 2 / expected, 0);
  return statistic <= chiSquareQuantile(sizes.length - 1, quantile);
}

/** Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684: the cube root of chi^2 / n is nearly normal. */
function chiSquareQuantile(degrees: number, z: number): number {
  // n (1 - 2 / 9n + z sqrt(2 / 9n))^3
  const variance = 2 / (9 * degrees);
  return degrees * (1 - variance + z * Math.sqrt(variance)) ** 3;
}

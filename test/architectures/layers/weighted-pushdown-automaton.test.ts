import * as tf from '@tensorflow/tfjs-core';
import {
  type AutomatonSize,
  beneath,
  type Beneath,
  bottom,
  normalised,
  pushed,
  remembered,
  replacedOrPopped,
  stackReading,
  type Transitions,
} from '../../../architectures/layers';
import { createRng } from '../../../src/core/random';
import type { Rng } from '../../../src/core/contracts/random';

/** Weights by top: `push[x][y]`, `replace[x][y]`, `pop[x][q]`. */
interface Weights {
  readonly push: number[][];
  readonly replace: number[][];
  readonly pop: number[][];
}

/** A run of the automaton, as it is: a stack of symbols, a state, and the product of what its transitions weigh. */
interface Run {
  readonly stack: readonly number[];
  readonly state: number;
  readonly weight: number;
}

/** Every transition of a run, one by one. */
function successors(
  { stack, state, weight }: Run,
  { push, replace, pop }: Weights,
  { states, symbols }: AutomatonSize,
): Run[] {
  const top = stack.at(-1)! * states + state;
  const below = stack.slice(0, -1);
  const next: Run[] = [];
  for (let q = 0; q < states; q++) {
    for (let y = 0; y < symbols; y++) {
      next.push({ stack: [...stack, y], state: q, weight: weight * push[top]![y * states + q]! });
      next.push({ stack: [...below, y], state: q, weight: weight * replace[top]![y * states + q]! });
    }
    if (below.length > 0) next.push({ stack: below, state: q, weight: weight * pop[top]![q]! });
  }
  return next;
}

/** Share of each top in the weight of all runs. */
function tops(runs: readonly Run[], { states, symbols }: AutomatonSize): number[] {
  const weights = Array<number>(states * symbols).fill(0);
  for (const { stack, state, weight } of runs) weights[stack.at(-1)! * states + state]! += weight;
  const all = weights.reduce((sum, weight) => sum + weight);
  return weights.map((weight) => weight / all);
}

/** Weights between 0 and 1, or, where `extreme`, over twelve orders of magnitude and some of them zero. */
function randomWeights(rng: Rng, { states, symbols }: AutomatonSize, extreme: boolean): Weights {
  const draw = () => {
    if (!extreme) return rng.uniform();
    return rng.uniform() < 0.2 ? 0 : 10 ** (-12 * rng.uniform());
  };
  const table = (columns: number) =>
    Array.from({ length: states * symbols }, () => Array.from({ length: columns }, draw));
  return { push: table(states * symbols), replace: table(states * symbols), pop: table(states) };
}

/** Tops after every token, as the layer says: [time][C] */
function topsByLayer(sequence: readonly Weights[], size: AutomatonSize): number[][] {
  let [runs, earlier]: [tf.Tensor, Beneath] = [bottom(1, size, 0), []];
  return sequence.map(({ push, replace, pop }) => {
    const allowed: Transitions = {
      push: tf.tensor3d([push]),
      replace: tf.tensor3d([replace]),
      pop: tf.tensor3d([pop]),
    };
    const stayed = replacedOrPopped(runs, earlier, allowed, size);
    earlier = remembered(earlier, beneath(runs, size));
    runs = normalised(tf.concat([stayed, pushed(runs, allowed)], 1));
    return Array.from(stackReading(runs).dataSync());
  });
}

beforeAll(() => tf.setBackend('cpu'));

describe.each([
  { states: 1, symbols: 2, time: 7 },
  { states: 2, symbols: 2, time: 5 },
  { states: 2, symbols: 3, time: 4 },
  { states: 3, symbols: 1, time: 5 },
])('$states states, $symbols symbols', ({ time, ...size }) => {
  it.each([false, true])('gives every top the weight of all runs that end with it (extreme weights: %s)', (extreme) => {
    for (let trial = 0; trial < 5; trial++) {
      const rng = createRng(`runs/${size.states}/${size.symbols}/${extreme}/${trial}`);
      const sequence = Array.from({ length: time }, (_, t) => randomWeights(rng.split(t), size, extreme));
      let runs: Run[] = [{ stack: [0], state: 0, weight: 1 }];
      const expected = sequence.map((weights) => {
        runs = runs.flatMap((run) => successors(run, weights, size)).filter(({ weight }) => weight > 0);
        return runs.length > 0 ? tops(runs, size) : undefined;
      });
      topsByLayer(sequence, size).forEach((shares, t) => {
        if (!expected[t]) return;
        shares.forEach((share, top) => expect(share).toBeCloseTo(expected[t]![top]!, 5));
      });
    }
  });
});

it('is a stack, where only one run weighs anything: what was pushed comes back in reverse', () => {
  const size = { states: 1, symbols: 3 };
  const none = (columns: number) => Array.from({ length: 3 }, () => Array<number>(columns).fill(0));
  const push = (symbol: number): Weights => ({
    push: none(3).map((row) => row.map((_, y) => Number(y === symbol))),
    replace: none(3),
    pop: none(1),
  });
  const pop: Weights = { push: none(3), replace: none(3), pop: none(1).map(() => [1]) };
  const word = [1, 2, 2, 1, 1, 2, 1, 2, 2, 2, 1];
  const shares = topsByLayer([...word.map(push), ...word.map(() => pop)], size);
  const said = shares.map((top) => top.findIndex((share) => share > 0.999));
  expect(said).toEqual([...word, ...[...word].reverse().slice(1), 0]);
});

it('remembers in few blocks, in order', () => {
  let blocks: Beneath = [];
  for (let time = 0; time < 21; time++) blocks = remembered(blocks, tf.fill([1, 1, 1, time + 1], time));
  expect(blocks.map(({ shape }) => shape[2])).toEqual([16, 4, 1]);
  expect(
    tf
      .slice(
        tf.concat(
          blocks.map((block) => tf.slice(block, [0, 0, 0, 0], [-1, -1, -1, 1])),
          2,
        ),
        0,
      )
      .dataSync(),
  ).toEqual(Float32Array.from({ length: 21 }, (_, time) => time));
});

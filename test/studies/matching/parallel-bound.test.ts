import { createRng } from '../../../src/core/random';
import {
  boundsOf,
  favourable,
  inOrder,
  shareReached,
  stepsReached,
} from '../../../src/studies/matching/parallel-bound';

/** Intervals of the chain instead of sets: what a place knows hangs together. */
function byIntervals(arrangement: readonly number[], layers: number): number {
  let known = [...arrangement.map((pair): [number, number] => [pair, pair + 1]), [0, 0] as [number, number]];
  for (let layer = 2; layer <= layers; layer++) {
    const next: [number, number][] = [];
    for (let place = 0; place < known.length; place++) {
      let [low, high] = known[place]!;
      for (let before = 0; before < place; before++) {
        const [a, b] = known[before]!;
        if (a <= known[place]![1] && b >= known[place]![0]) [low, high] = [Math.min(low, a), Math.max(high, b)];
      }
      next.push([low, high]);
    }
    known = next;
  }
  return known.at(-1)![1];
}

/** All orders of 0..count-1, by Heap's algorithm. */
function forEachOrder(count: number, visit: (order: readonly number[]) => void) {
  const order = inOrder(count);
  const heap = (size: number) => {
    if (size === 1) return visit(order);
    for (let i = 0; i < size; i++) {
      heap(size - 1);
      const other = size % 2 === 0 ? i : 0;
      [order[other], order[size - 1]] = [order[size - 1]!, order[other]!];
    }
  };
  heap(count);
}

describe('steps that are reached in parallel', () => {
  it('are those of intervals, in every order of up to 6 pairs and with up to 6 layers', () => {
    for (let pairs = 1; pairs <= 6; pairs++)
      forEachOrder(pairs, (order) => {
        for (let layers = 1; layers <= 6; layers++)
          if (stepsReached(order, layers) !== byIntervals(order, layers))
            throw new Error(`${layers} layers on ${order.join()}`);
      });
    expect(stepsReached([0], 2)).toBe(1);
  });

  it('are those of intervals in random orders of 130 pairs', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const order = createRng(seed).shuffle(inOrder(130));
      for (let layers = 2; layers <= 6; layers++) {
        const reached = stepsReached(order, layers);
        expect(reached).toBe(byIntervals(order, layers));
        expect(reached).toBeGreaterThanOrEqual(boundsOf(layers).least);
        expect(reached).toBeLessThanOrEqual(boundsOf(layers).most);
      }
    }
  });

  it.each([
    [2, 3, 1, 1],
    [3, 6, 3, 4],
    [4, 8, 7, 8],
  ])('with %d layers lie between the bounds in every order of %d pairs', (layers, pairs, least, most) => {
    const found = new Set<number>();
    forEachOrder(pairs, (order) => found.add(byIntervals(order, layers)));
    expect([Math.min(...found), Math.max(...found)]).toEqual([least, most]);
  });

  it.each([2, 3, 4, 5, 6])('reach both bounds with %d layers', (layers) => {
    const { least, most } = boundsOf(layers);
    expect(stepsReached(inOrder(most + 1), layers)).toBe(least);
    const order = favourable(layers);
    expect([...order].sort((a, b) => a - b)).toEqual(inOrder(most));
    expect(stepsReached([...order, most, most + 1], layers)).toBe(most);
    expect(byIntervals(order, layers)).toBe(most);
  });

  it('are told as a share of inputs', () => {
    expect(shareReached(4, 1, 2)).toBe(1);
    expect(shareReached(4, 2, 2)).toBe(0);
    expect(shareReached(4, 3, 3)).toBe(1);
    let reached = 0;
    forEachOrder(4, (order) => (reached += byIntervals(order, 3) >= 4 ? 1 : 0));
    expect(shareReached(4, 4, 3)).toBe(reached / 24);
    expect(reached).toBe(8); // the pair in the middle of the last three stands behind its neighbours
    expect(shareReached(8, 2, 3)).toBeUndefined();
  });
});

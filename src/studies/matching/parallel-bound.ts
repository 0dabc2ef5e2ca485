/**
 * How many steps of a chain are known at the last token when layers of attention look tokens up in parallel (Wang et al.
 * 2024 and the same group's arXiv 2509.23178): layer 1 tells the second token of every pair the first one. In each layer behind
 * it a place takes over what is known at all places that it sees, itself and those before it, which share a token with it.
 *
 * Pair i leads from token i to token i + 1. `arrangement` says in which order pairs 0, 1, ... stand in the input; the token `start` is
 * asked for behind them. Exact, nothing is trained.
 */
export function stepsReached(arrangement: readonly number[], layers: number, start = 0): number {
  let known: ReadonlySet<number>[] = [...arrangement.map((pair) => new Set([pair, pair + 1])), new Set([start])];
  for (let layer = 2; layer <= layers; layer++)
    known = known.map((own, place) => {
      const seen = known.slice(0, place + 1).filter((other) => shareOne(own, other));
      return new Set(seen.flatMap((other) => [...other]));
    });
  return Math.max(...known.at(-1)!) - start;
}

const shareOne = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => [...a].some((token) => b.has(token));

/** Least and most steps of any arrangement, if the chain is long enough. */
export const boundsOf = (layers: number) => ({
  least: 2 ** (layers - 1) - 1,
  most: (3 ** (layers - 1) - 1) / 2,
});

/** Pairs as they follow each other: no place can look both ways, which is the worst there is. */
export const inOrder = (pairs: number): number[] => Array.from({ length: pairs }, (_, pair) => pair);

/** An arrangement that reaches the most steps: of every three blocks that a place joins, its own comes last. */
export function favourable(layers: number): number[] {
  const block = (first: number, size: number): number[] => {
    if (size === 1) return [first];
    const third = size / 3;
    return [...block(first, third), ...block(first + 2 * third, third), ...block(first + third, third)];
  };
  return Array.from({ length: layers - 1 }, (_, power) => block(boundsOf(power + 1).most, 3 ** power)).flat();
}

/** More pairs have too many arrangements. */
const mostPairs = 7;

/**
 * Share of inputs, all arrangements of the pairs of one chain and all starts that leave room, in which so many hops are
 * reached; undefined for more than 7 pairs.
 */
export function shareReached(pairs: number, order: number, layers: number): number | undefined {
  if (pairs > mostPairs) return undefined;
  const starts = inOrder(pairs - order + 1);
  const all = permutations(inOrder(pairs));
  const reached = all.flatMap((arrangement) =>
    starts.filter((start) => stepsReached(arrangement, layers, start) >= order),
  );
  return reached.length / (all.length * starts.length);
}

function permutations(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((first, at) => permutations(values.filter((_, i) => i !== at)).map((rest) => [first, ...rest]));
}

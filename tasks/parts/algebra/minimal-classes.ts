/**
 * Hopcroft 1971: blocks of states are split by the states that a symbol leads into a block, the smaller half of each
 * split splitting others in turn, until nothing changes: n log n steps for n states. Returns the class of every state:
 * two states are in one where no word leads from them to states that `kinds` tells apart. Classes are numbered in the order of
 * their first states.
 */
export function minimalClasses(
  transitions: readonly (readonly number[])[],
  kinds: readonly (number | boolean | null)[],
): number[] {
  const partition = new Partition(kinds);
  if (partition.blocks.length === kinds.length) return partition.blockOf;
  const symbols = transitions[0]!.length;
  const sources = reversed(transitions, symbols);
  const pending = partition.blocks.flatMap((_, block) =>
    Array.from({ length: symbols }, (_, symbol) => [block, symbol]),
  );
  const isPending = new Set(pending.map(([block, symbol]) => block! * symbols + symbol!));
  for (let splitter = pending.pop(); splitter; splitter = pending.pop()) {
    const [block, symbol] = splitter as [number, number];
    isPending.delete(block * symbols + symbol);
    const before = partition.blocks[block]!.flatMap((state) => sources[symbol]![state]!);
    for (const [old, fresh] of partition.split(before))
      for (let each = 0; each < symbols; each++) {
        const isOldSmaller = partition.blocks[old]!.length < partition.blocks[fresh]!.length;
        const next = isPending.has(old * symbols + each) || !isOldSmaller ? fresh : old;
        isPending.add(next * symbols + each);
        pending.push([next, each]);
      }
  }
  return numbered(partition.blockOf);
}

/** States in blocks that are split further and further. */
class Partition {
  readonly blocks: number[][] = [];
  readonly blockOf: number[];

  constructor(kinds: readonly unknown[]) {
    this.blockOf = numbered(kinds);
    this.blockOf.forEach((block, state) => (this.blocks[block] ??= []).push(state));
  }

  /** Parts every block that has some of these states and others; returns each such block with the new one. */
  split(states: readonly number[]): [number, number][] {
    const inside = new Map<number, Set<number>>();
    for (const state of states) {
      const block = this.blockOf[state]!;
      inside.set(block, (inside.get(block) ?? new Set()).add(state));
    }
    return [...inside].flatMap(([block, members]): [number, number][] => {
      if (members.size === this.blocks[block]!.length) return [];
      const fresh = this.blocks.push([...members]) - 1;
      this.blocks[block] = this.blocks[block]!.filter((state) => !members.has(state));
      for (const state of members) this.blockOf[state] = fresh;
      return [[block, fresh]];
    });
  }
}

/** reversed[symbol][state]: the states from which the symbol leads to the state. */
function reversed(transitions: readonly (readonly number[])[], symbols: number): number[][][] {
  const sources = Array.from({ length: symbols }, () => transitions.map((): number[] => []));
  transitions.forEach((next, state) => next.forEach((to, symbol) => sources[symbol]![to]!.push(state)));
  return sources;
}

/** Numbers equal values alike, from 0 in the order in which they first occur. */
function numbered(values: readonly unknown[]): number[] {
  const place = new Map<unknown, number>();
  return values.map((value) => {
    if (!place.has(value)) place.set(value, place.size);
    return place.get(value)!;
  });
}

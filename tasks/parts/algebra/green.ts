import { isIdempotent, type Semigroup } from './semigroup';

/**
 * Green's relation R: elements are in one class where each is the other with a word behind. Numbers of the classes of all
 * elements: the strongly connected components of `next` (Tarjan 1972). The neutral element, where no word is neutral, is a class of
 * its own and not among them.
 */
export function rightClasses({ next }: Pick<Semigroup, 'next'>): number[] {
  const classes = new Array<number>(next.length).fill(-1);
  const [order, low] = [new Int32Array(next.length).fill(-1), new Int32Array(next.length)];
  const open: number[] = [];
  let [visited, found] = [0, 0];
  for (let root = 0; root < next.length; root++) {
    if (order[root]! >= 0) continue;
    const path: [number, number][] = [[root, 0]];
    while (path.length > 0) {
      const step = path.at(-1)!;
      const [element, at] = step;
      if (at === 0) {
        order[element] = low[element] = visited++;
        open.push(element);
      }
      const following = next[element]![at];
      if (following !== undefined) {
        step[1]++;
        if (order[following]! < 0) path.push([following, 0]);
        else if (classes[following]! < 0) low[element] = Math.min(low[element]!, order[following]!);
        continue;
      }
      path.pop();
      if (low[element] === order[element]) {
        for (let member = -1; member !== element;) classes[(member = open.pop()!)] = found;
        found++;
      }
      const above = path.at(-1)?.[0];
      if (above !== undefined) low[above] = Math.min(low[above]!, low[element]!);
    }
  }
  return classes;
}

/** Two elements of one class, or two idempotents of one; undefined where there are none. */
export interface RightClassFindings {
  readonly pair?: readonly [number, number];
  readonly idempotents?: readonly [number, number];
}

export function findingsOf(semigroup: Pick<Semigroup, 'next' | 'elements'>): RightClassFindings {
  const classes = rightClasses(semigroup);
  const all = semigroup.elements.map((_, element) => element);
  return {
    pair: firstTwo(all, classes),
    idempotents: firstTwo(
      all.filter((element) => isIdempotent(semigroup.elements[element]!)),
      classes,
    ),
  };
}

/** The first element that another before it shares its class with, and that other one. */
function firstTwo(elements: readonly number[], classes: readonly number[]): [number, number] | undefined {
  const first = new Map<number, number>();
  for (const element of elements) {
    const before = first.get(classes[element]!);
    if (before !== undefined) return [before, element];
    first.set(classes[element]!, element);
  }
  return undefined;
}

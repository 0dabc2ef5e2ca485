/** permutation[point] is the point it goes to. */
export type Permutation = readonly number[];

/** Every group with fewer elements is solvable: the smallest that is not is that of the even permutations of 5. */
const smallestNonSolvable = 60;

/** Whether a group, given by all its elements, is solvable: its derived series ends in one element. */
export function isSolvable(elements: readonly Permutation[]): boolean {
  let [order, generators] = [elements.length, generatorsOf(elements)];
  while (order >= smallestNonSolvable) {
    const derived = normalClosure(
      generators.flatMap((a) => generators.map((b) => product(product(inverse(a), inverse(b)), product(a, b)))),
      generators,
    );
    if (derived.elements.size === order) return false;
    [order, generators] = [derived.elements.size, derived.generators];
  }
  return true;
}

/** Few of the elements that make all of them. */
function generatorsOf(elements: readonly Permutation[]): Permutation[] {
  const generators: Permutation[] = [];
  let made = closure([]);
  for (const element of elements) {
    if (made.has(element.join())) continue;
    generators.push(element);
    made = closure(generators);
  }
  return generators;
}

/** The smallest normal subgroup with these elements in the group of the generators. */
function normalClosure(seeds: readonly Permutation[], generators: readonly Permutation[]) {
  const own: Permutation[] = [];
  let elements = closure([]);
  const pending = [...seeds];
  for (let seed = pending.pop(); seed; seed = pending.pop()) {
    if (elements.has(seed.join())) continue;
    own.push(seed);
    elements = closure(own);
    for (const by of generators) pending.push(product(product(inverse(by), seed), by));
  }
  return { elements, generators: own };
}

function closure(generators: readonly Permutation[]): Set<string> {
  const found = new Set<string>();
  const points = generators[0]?.map((_, point) => point);
  const pending: Permutation[] = points ? [points] : [];
  for (let element = pending.pop(); element; element = pending.pop()) {
    const key = element.join();
    if (found.has(key)) continue;
    found.add(key);
    for (const generator of generators) pending.push(product(element, generator));
  }
  return found;
}

/** First one, then the other. */
const product = (first: Permutation, second: Permutation): Permutation => first.map((point) => second[point]!);

function inverse(permutation: Permutation): Permutation {
  const back = new Array<number>(permutation.length);
  permutation.forEach((to, from) => (back[to] = from));
  return back;
}

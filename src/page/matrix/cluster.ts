/** A vector for each item; null where it has no value. */
export type Profile = readonly (number | null)[];

interface Group {
  readonly items: readonly number[];
  readonly mean: number;
}

/**
 * Places of the items in an order in which similar ones are neighbours: average linkage over the mean absolute difference of
 * the values that two items share, the higher group of two first. O(n^3) for n items, which are at most a few hundred.
 */
export function seriation(profiles: readonly Profile[]): number[] {
  const distances = profiles.map((a) => profiles.map((b) => distanceBetween(a, b)));
  let groups: Group[] = profiles.map((profile, at) => ({ items: [at], mean: meanOf(profile) }));
  // Average distance between the items of two groups, by the places of the groups.
  let between = distances.map((row) => [...row]);
  while (groups.length > 1) {
    const [a, b] = nearest(between);
    const [first, second] = groups[a]!.mean >= groups[b]!.mean ? [groups[a]!, groups[b]!] : [groups[b]!, groups[a]!];
    const [m, n] = [groups[a]!.items.length, groups[b]!.items.length];
    const merged = {
      items: [...first.items, ...second.items],
      mean: (groups[a]!.mean * m + groups[b]!.mean * n) / (m + n),
    };
    const others = groups.map((_, at) => at).filter((at) => at !== a && at !== b);
    const toMerged = others.map((at) => (between[a]![at]! * m + between[b]![at]! * n) / (m + n));
    between = [
      ...others.map((at, place) => [...others.map((other) => between[at]![other]!), toMerged[place]!]),
      [...toMerged, 0],
    ];
    groups = [...others.map((at) => groups[at]!), merged];
  }
  return [...(groups[0]?.items ?? [])];
}

function nearest(between: readonly (readonly number[])[]): [number, number] {
  let [a, b, least] = [0, 1, Infinity];
  for (let i = 0; i < between.length; i++)
    for (let j = i + 1; j < between.length; j++) if (between[i]![j]! < least) [a, b, least] = [i, j, between[i]![j]!];
  return [a, b];
}

/** 1, which is far, where they share nothing. */
function distanceBetween(a: Profile, b: Profile): number {
  let [sum, shared] = [0, 0];
  a.forEach((value, at) => {
    const other = b[at];
    if (value === null || other === null || other === undefined) return;
    sum += Math.abs(value - other);
    shared++;
  });
  return shared === 0 ? 1 : sum / shared;
}

function meanOf(profile: Profile): number {
  const values = profile.filter((value) => value !== null);
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

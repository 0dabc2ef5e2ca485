import { isIdempotent, then, type Semigroup } from './semigroup';

/** Products of pairs that are looked at, times their states. */
const mostSteps = 40_000_000;

/**
 * Whether e S e is R-trivial for every idempotent e of a semigroup S, given by some elements of a larger one. Languages of such
 * semigroups are those of R-trivial monoids over windows of symbols (Stiffler 1973: the variety is local). Undefined where there
 * are too many to be looked at.
 */
export function isLocallyRTrivial({ elements }: Semigroup, own: readonly number[]): boolean | undefined {
  let steps = 0;
  for (const idempotent of own) {
    const e = elements[idempotent]!;
    if (!isIdempotent(e)) continue;
    const local = new Map<string, Uint16Array>();
    for (const element of own) {
      const map = then(then(e, elements[element]!), e);
      local.set(map.join(), map);
    }
    steps += local.size ** 2 * e.length * 4;
    if (steps > mostSteps) return undefined;
    const maps = [...local.values()];
    if (!maps.every((x) => maps.every((y) => isAbsorbed(x, y)))) return false;
  }
  return true;
}

/** R-trivial monoids are those in which (xy)^k x = (xy)^k for the idempotent power k. */
function isAbsorbed(x: Uint16Array, y: Uint16Array): boolean {
  let power = then(x, y);
  // Doubling reaches a map whose states all lie on its cycles, which is all that the equation needs.
  for (let length = 1; length < x.length; length *= 2) power = then(power, power);
  return power.every((state) => x[state] === state);
}

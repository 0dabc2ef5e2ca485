import { rightClasses } from './green';
import { isIdempotent, keyOf, then, type Semigroup } from './semigroup';

/** Products that are looked at, times their states. */
const mostSteps = 30_000_000;

/**
 * Whether e S e is R-trivial for every idempotent e of a semigroup S, given by some elements of a larger one. Languages of such
 * semigroups are those of R-trivial monoids over windows of symbols (Stiffler 1973: the variety is local). Undefined where there
 * are too many to be looked at.
 */
export function isLocallyRTrivial(semigroup: Semigroup, own: readonly number[]): boolean | undefined {
  const { elements } = semigroup;
  // Idempotents of one R-class have e S e of one form.
  const classes = rightClasses(semigroup);
  const seen = new Set<number>();
  let steps = 0;
  for (const idempotent of own) {
    const e = elements[idempotent]!;
    if (seen.has(classes[idempotent]!) || !isIdempotent(e)) continue;
    seen.add(classes[idempotent]!);
    const local = new Map<string, Uint16Array>();
    for (const element of own) {
      const map = then(then(e, elements[element]!), e);
      local.set(keyOf(map), map);
    }
    steps += (2 * own.length + 4 * local.size ** 2) * e.length;
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

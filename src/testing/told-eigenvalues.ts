import type { RowProperties } from '../core/contracts/theory';
import { isAffine, stateUpdateOf } from '../model/update-class';
import { type Complex, eigenvalues, type Matrix, realProduct } from './eigenvalues';
import { type Places, placesOf, replaced, rollOut, scaledParameters, scales, type Situation } from './state-update';
import type { Subject } from './subject';

/** Of eigenvalues of a matrix that is had from float32 by differences. */
const tolerance = 1e-2;
/** Tokens of a sequence whose transitions are looked at. */
const looked = 4;

const isFinite = (matrix: Matrix) => matrix.every((row) => row.every(Number.isFinite));
const realPart = ({ re }: Complex) => re;
const isReal = ({ re, im }: Complex) => Math.abs(im) <= tolerance * Math.max(1, Math.abs(re));

/**
 * What a row with a linear recurrence declares or what is derived of its eigenvalues holds of transitions of random tokens,
 * with parameters near the initial ones and with large ones: real ones are real, none is below the least, and a sign or a
 * rotation that a token is said to be able to make occurs.
 */
export function eigenvaluesAreAsTold({ model, rng, assert }: Subject, told: RowProperties): void {
  const update = stateUpdateOf(model)!;
  const places = update.components.flatMap((component, i) => (isAffine(component) ? [placesOf(update, i)] : []));
  const all: Complex[] = [];
  const longest = told.realProducts ? 2 ** Math.min(2, (told.layers ?? 1) - 1) : 1;
  for (const scale of scales) {
    const parameters = scaledParameters(model, rng.split(`parameters ${scale}`), scale);
    const transitions: Matrix[][] = places.map(() => []);
    for (const situation of rollOut(model, parameters, rng.split(`tokens ${scale}`))) {
      places.forEach((each, i) => transitions[i]!.push(transitionOf(situation, each)));
      if (transitions[0]!.length === looked) break;
    }
    for (const matrices of transitions) {
      if (!matrices.every(isFinite)) continue; // nothing is to be seen where something overflows
      all.push(...matrices.flatMap(eigenvalues));
      for (let count = 2; count <= longest; count *= 2) {
        const product = matrices.slice(0, count).reduce(realProduct);
        const turned = eigenvalues(product).find((value) => !isReal(value));
        assert(!turned, `a product of ${count} transitions has the eigenvalue ${turned?.re} + ${turned?.im}i`);
      }
    }
  }
  const { realEigenvalues, leastEigenvalue } = told;
  const turned = all.find((value) => !isReal(value));
  if (realEigenvalues) assert(!turned, `the transition of a token has the eigenvalue ${turned?.re} + ${turned?.im}i`);
  // Keys and queries that are turned by their position are a complex transition seen from a frame that turns along.
  const turnsAlong = told.positions !== 'none' && told.transition === 'fixed';
  if (realEigenvalues === false)
    assert(turned !== undefined || turnsAlong, 'every transition that was seen has real eigenvalues only');
  const least = Math.min(...all.filter(isReal).map(realPart));
  if (leastEigenvalue === null) return;
  assert(least >= leastEigenvalue - tolerance, `an eigenvalue is ${least}, below ${leastEigenvalue}`);
  assert(leastEigenvalue >= 0 || least < leastEigenvalue / 2, `no eigenvalue is below ${least}`);
}

/** A in A s + b, where a step makes that of the part s of the state: column by column, since it is affine. */
function transitionOf({ state, transition }: Situation, places: Places): Matrix {
  const columns = [-1, ...places.keys()].map((column) => replaced(state, places, (i) => Number(i === column)));
  const [constant, ...moved] = transition(columns).map((next) => places.map(({ name, at }) => next[name]![at]!));
  return places.map((_, row) => Float64Array.from(moved, (column) => column[row]! - constant![row]!));
}

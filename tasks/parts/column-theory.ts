import type { DeclaredColumn } from '../../registry';
import { ac0, nonSolvableGroup, solvableGroup } from './references';

/**
 * Columns whose second half, or whose answer after the whole input, needs bits of the first half in proportion to its length:
 * two parties with a half each need as many bits, and what C-RASP with positions defines needs logarithmically many (Huang et al.
 * 2025, theorem 12).
 */
export const remembersHalf = {
  cRasp: false,
  cRaspWithPositions: false,
  evenCycle: false,
  oddCycle: false,
  memory: 'linear',
} satisfies DeclaredColumn;

/** The same where one stack does it, one action per symbol. */
export const stackOf = {
  ...remembersHalf,
  pushdown: 'deterministic',
} satisfies DeclaredColumn;

/** Columns of a real-time counter machine that compares counts at most: C-RASP does so too. */
export const countersOf = (counters: number): DeclaredColumn => ({
  cRasp: true,
  cRaspWithPositions: true,
  evenCycle: false,
  oddCycle: false,
  counters,
  memory: 'logarithmic',
  ...(counters === 1 && { pushdown: 'deterministic', realTimeTape: true }),
});

/** Regular columns without groups whose automaton is too large to be built. */
export const starFreeColumn = {
  isRegular: true,
  starFree: true,
  quasiAperiodic: true,
  solvable: true,
  evenCycle: false,
  oddCycle: false,
  blockEvenCycle: false,
  blockOddCycle: false,
} satisfies DeclaredColumn;

/** The same whose automaton never comes back to a state that it has left. */
export const neverBack = {
  ...starFreeColumn,
  rTrivial: true,
  passesCRaspTest: true,
  cRasp: true,
  cRaspWithPositions: true,
} satisfies DeclaredColumn;

/** Regular columns with groups that words of one length make. */
export const groupColumn = {
  isRegular: true,
  starFree: false,
  rTrivial: false,
  passesCRaspTest: false,
  quasiAperiodic: false,
  cRasp: false,
  cRaspWithPositions: false,
} satisfies DeclaredColumn;

/** Whether the remainder of a count makes an answer alternate when one symbol is repeated. */
export const remainderCycles = (modulus: number): DeclaredColumn => ({
  evenCycle: modulus % 2 === 0,
  oddCycle: (modulus & (modulus - 1)) !== 0,
});

/**
 * A path whose edges lead at most `reach` nodes further, in their order: apart from comparing numbers it is followed by an
 * automaton that knows how far its next node is. With a reach of 3 to 5 its groups are solvable, and one length makes some; beyond,
 * it was not computed.
 */
export const offsetTheory = (reach: number): DeclaredColumn => ({
  circuitClass:
    reach === 2 ? ac0.name : reach <= 5 ? solvableGroup.name : nonSolvableGroup.name.replace('-complete', ''),
  evenCycle: false,
  oddCycle: false,
  memory: 'logarithmic',
});

/**
 * Repeated squaring modulo the primes up to a number: the value comes around with the order of 2 modulo the odd part of the order of
 * the number. For one length the answer depends on two symbols.
 */
export function squaringTheory(primes: readonly number[]): DeclaredColumn {
  const periods = primes.flatMap((prime) => oddDivisors(prime - 1).map(orderOfTwo));
  const isAperiodic = periods.every((period) => period === 1);
  const even = periods.some((period) => period % 2 === 0);
  const odd = periods.some((period) => (period & (period - 1)) !== 0);
  return {
    isRegular: true,
    starFree: isAperiodic,
    quasiAperiodic: true,
    solvable: true,
    cRasp: isAperiodic ? null : false,
    evenCycle: even,
    oddCycle: odd,
    blockEvenCycle: even,
    blockOddCycle: odd,
  };
}

const oddDivisors = (number: number): number[] =>
  Array.from({ length: number }, (_, at) => at + 1).filter((divisor) => divisor % 2 === 1 && number % divisor === 0);

/** How many doublings lead from 1 to 1 modulo an odd number. */
function orderOfTwo(modulus: number): number {
  let order = 1;
  for (let power = 2 % modulus; power !== 1 % modulus; power = (2 * power) % modulus) order++;
  return order;
}

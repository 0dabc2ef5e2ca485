import { ZooError, zooError } from '../core/errors';
import { boundsOf } from '../core/hyperparameters';
import { nearestNames } from '../core/nearest';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { quantities, type Quantity, type Setting, sizeOf } from '../model/sizes';
import type { ValidationOptions } from '../core/validation';

/** What every row is to take as much of. */
export interface Budget {
  readonly quantity: Quantity;
  readonly amount: number;
}

const suffixes: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 };

/** `64k`, `1.5m`. */
export const amountPattern = '^(\\d+(?:\\.\\d+)?)([kKmM]?)$';

/** `64k` is 64,000 and `1.5m` 1,500,000; undefined where the text is no such number. */
export function parseAmount(text: string): number | undefined {
  const [, digits, suffix] = new RegExp(amountPattern).exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Math.round(Number(digits) * suffixes[suffix!.toLowerCase()]!);
}

/** `parameters=64k`, as --match has it. @throws usage */
export function parseBudget(text: string): Budget {
  const [, name = '', written = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
  const quantity = quantities.find((known) => known === name.trim());
  const amount = parseAmount(written);
  if (quantity && amount) return { quantity, amount };
  const problem = `--match "${text}" is not of the form quantity=number, such as parameters=64k; quantities are ${quantities.join(', ')}.`;
  throw zooError('usage', {
    problem,
    nearest: quantity ? [] : nearestNames(name, quantities),
    command: 'zoo run',
  });
}

/** The budget an experiment names, if it does. */
export function budgetOf(match: Partial<Record<Quantity, number>> | undefined): Budget | undefined {
  const quantity = quantities.find((known) => match?.[known] !== undefined);
  return quantity && { quantity, amount: match![quantity]! };
}

export interface MatchOptions extends ValidationOptions {
  /** Hyperparameters as written; the one that is solved for may be among them and is replaced. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly setting: Setting;
}

/** For classes that set no limit of their own. */
const widest = 2 ** 16;

/**
 * All hyperparameters of a row, with the width solved for (`static scale` says what it is called) that brings the
 * quantity nearest the budget, among those that the class allows; of two that are equally near, the smaller.
 * @throws unmatchable-row; unreachable-budget for one below the smallest or above the largest model.
 */
export function matched(
  registry: Registry,
  unit: RegisteredUnit<'architecture'>,
  { quantity, amount: budget }: Budget,
  { given = {}, setting, ...written }: MatchOptions,
): object {
  const refuse = (reason: string) => zooError('unmatchable-row', { architecture: unit.id, quantity, reason });
  const shape = unit.meta.hyperparameters as (new () => object) & { readonly scale?: string };
  const key = shape.scale;
  if (!key) throw refuse('its hyperparameters do not say which of them makes it larger (static scale)');
  const at = (width: number) => registry.hyperparameters(unit, { ...given, [key]: width }, written);
  const isAllowed = (width: number) => isValid(() => at(width));
  const amountAt = (width: number): number => {
    const amount = sizeOf(quantity, unit, at(width), setting);
    if (amount === undefined) throw refuse('the engine cannot trace what it computes');
    return amount;
  };

  const { minimum = 1, maximum = widest } = boundsOf(shape, key);
  const widths = new AllowedNumbers(minimum, maximum, isAllowed);
  if (widths.isEmpty) at(minimum); // says what is wrong with the others
  const reach = [widths.least, widths.greatest].map((value) => ({ value, amount: amountAt(value) }));
  const [least, most] = reach.map(({ amount }) => amount) as [number, number];
  if (least === most) throw refuse(`it takes ${least} whatever ${key} is`);
  if (budget < least || budget > most)
    throw zooError('unreachable-budget', { architecture: unit.id, quantity, budget, key, reach });
  return at(nearest(budget, amountAt, widths, reach));
}

/** The whole numbers of a range that a rule allows, found as they are asked for: there may be thousands. */
class AllowedNumbers {
  readonly least: number;
  readonly greatest: number;

  constructor(
    minimum: number,
    maximum: number,
    private readonly isAllowed: (value: number) => boolean,
  ) {
    this.least = minimum;
    while (this.least <= maximum && !isAllowed(this.least)) this.least++;
    this.greatest = maximum;
    while (this.greatest > this.least && !isAllowed(this.greatest)) this.greatest--;
  }
  get isEmpty(): boolean {
    return this.least > this.greatest;
  }
  /** The smallest that is at least `value`. */
  from(value: number): number {
    return this.isAllowed(value) ? value : this.from(value + 1);
  }
  /** The largest that is at most `value`. */
  upTo(value: number): number {
    return this.isAllowed(value) ? value : this.upTo(value - 1);
  }
}

interface Point {
  readonly value: number;
  readonly amount: number;
}

/** So many guesses by secants are made before the rest is bisected. */
const mostSecants = 12;

/**
 * The number that brings a growing amount nearest a budget, given both ends of a reach that it lies in. A model is traced
 * for every guess: since sizes are about powers of a width, secants between logarithms come near it in a few.
 */
function nearest(budget: number, amountAt: (value: number) => number, numbers: AllowedNumbers, ends: Point[]): number {
  let [low, high] = ends as [Point, Point]; // which take less than the budget, and at least that
  if (low.amount >= budget) return low.value;
  let latest: readonly [Point, Point] = [low, high];
  for (let guesses = 0; ; guesses++) {
    const guess = guesses < mostSecants ? secant(budget, latest) : NaN;
    const middle = Math.floor((low.value + high.value) / 2);
    const inside = Math.max(
      low.value + 1,
      Math.min(high.value - 1, Math.round(Number.isFinite(guess) ? guess : middle)),
    );
    const allowed = numbers.from(inside);
    const value = allowed < high.value ? allowed : numbers.upTo(high.value - 1);
    if (value <= low.value) return budget - low.amount <= high.amount - budget ? low.value : high.value;
    const point = { value, amount: amountAt(value) };
    if (point.amount < budget) low = point;
    else high = point;
    latest = [latest[1], point];
  }
}

/** Where a straight line between the logarithms of two points reaches the budget. */
function secant(budget: number, [a, b]: readonly [Point, Point]): number {
  const slope = Math.log(b.amount / a.amount) / Math.log(b.value / a.value);
  return b.value * (budget / b.amount) ** (1 / slope);
}

/** Whether an error says that a row cannot be matched, and not that something is wrong. */
export const isUnmatched = (error: unknown): error is ZooError =>
  error instanceof ZooError && (error.code === 'unmatchable-row' || error.code === 'unreachable-budget');

/** Whether values can be set. @throws everything but invalid-value */
export function isValid(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof ZooError && error.code === 'invalid-value') return false;
    throw error;
  }
}

import { fillOf, type Node, producer, type Value } from '../../engine/ir/graph';
import type { Domain } from './propagate';
import { anything, hull, plus, type Range, type Ranges, summed, times } from './ranges';

/**
 * How a number depends on a part of the state, the mildest first: it is one of its numbers (`moved`), one of them plus
 * something else (`translated`), affine in them, the largest of such translated ones (`max-plus`), or anything else.
 */
export const degrees = ['moved', 'translated', 'affine', 'max-plus', 'non-linear'] as const;
export type Degree = (typeof degrees)[number];

/** What coefficients depend on: 1, on parameters only, on the position as well, on the token or other parts of the state. */
export const coefficients = ['one', 'fixed', 'position', 'token'] as const;
export type Coefficient = (typeof coefficients)[number];

export interface Dependence {
  readonly degree: Degree;
  readonly coefficient: Coefficient;
  /** Of the coefficients. */
  readonly range: Range;
}
export const asItIs: Dependence = { degree: 'moved', coefficient: 'one', range: [1, 1] };
const nonLinear: Dependence = { degree: 'non-linear', coefficient: 'token', range: anything };

/** What is known of a number: how it depends on parts of the state, and on what besides. */
export interface Known {
  readonly besides: Coefficient;
  readonly on: ReadonlyMap<number, Dependence>;
}

const later = <T extends string>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) < order.indexOf(b) ? b : a);
const coarser = (a: Coefficient, b: Coefficient): Coefficient => later(coefficients, a, b);
const steeper = (a: Degree, b: Degree): Degree => later(degrees, a, b);

/** Operators that shift their argument by a constant keep its order. */
const isTranslated = ({ degree, coefficient }: Dependence): boolean =>
  degree === 'max-plus' || (coefficient === 'one' && (degree === 'moved' || degree === 'translated'));

/** Dependence on parts of the state of every element, as a domain of `propagate`. Parts have numbers. */
export class Dependences implements Domain {
  private readonly all: Known[] = [];
  private readonly ids = new Map<string, number>();
  readonly constant = this.idOf({ besides: 'fixed', on: new Map() });

  constructor(private readonly ranges: Ranges) {}

  of = (id: number): Known => this.all[id]!;

  idOf(known: Known): number {
    const parts = [...known.on].sort(([a], [b]) => a - b);
    const key = [
      known.besides,
      ...parts.map(([part, { degree, coefficient, range }]) => [part, degree, coefficient, range]),
    ];
    const text = key.join(';');
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.all.push(known) - 1;
      this.ids.set(text, id);
    }
    return id;
  }

  elementwise(node: Node, inputs: readonly number[]): number {
    const known = inputs.map(this.of);
    const [a, b, c] = known as [Known, Known, Known];
    switch (node.operator) {
      case 'Cast':
        return node.outputs[0]!.dtype === 'float32' || node.inputs[0]!.dtype === 'bool'
          ? inputs[0]!
          : this.each(known, spoilt);
      case 'Neg':
        return this.each([a], ([x]) => scaled(x!, 'fixed', [-1, -1]));
      case 'Add':
        return this.each([a, b], ([x, y]) => this.added(node, x, y));
      case 'Sub':
        return this.each([a, b], ([x, y]) => (y ? added(x, scaled(y, 'fixed', [-1, -1])) : added(x, undefined)));
      case 'Mul':
        return this.multiplied(node, a, b);
      case 'Div':
        return this.each([a, b], ([x, y], part) =>
          x && !y ? scaled(x, besidesOf(b, part), this.reciprocal(node.inputs[1]!)) : nonLinear,
        );
      case 'Max':
        return this.each([a, b], largest);
      case 'Relu':
        return this.each([a], largest);
      case 'Where':
        return this.each([a, b, c], ([test, x, y], part) => (test ? nonLinear : chosen([x, y], besidesOf(a, part))));
      default:
        return this.each(known, spoilt);
    }
  }

  product(node: Node, a: number, b: number): number {
    return this.multiplied(node, this.of(a), this.of(b));
  }

  sum(elements: ReadonlySet<number>, many: boolean): number {
    const known = [...elements].map(this.of);
    if (known.length === 1 && !many) return [...elements][0]!;
    return this.each(known, (dependences) => {
      const present = dependences.filter((one): one is Dependence => one !== undefined);
      const total = present.reduce((x, y) => added(x, y)!);
      if (isHarmless(total)) {
        return { degree: 'affine', coefficient: coarser(total.coefficient, 'fixed'), range: summed(total.range) };
      }
      return total.degree === 'max-plus' ? nonLinear : { ...total, range: summed(total.range) };
    });
  }

  largest(elements: ReadonlySet<number>): number {
    return this.each([...elements].map(this.of), largest);
  }

  choice(elements: ReadonlySet<number>, index: number): number {
    const by = this.of(index);
    const known = [by, ...[...elements].map(this.of)];
    return this.each(known, ([test, ...rest], part) => (test ? nonLinear : chosen(rest, besidesOf(by, part))));
  }

  unknown(elements: ReadonlySet<number>): number {
    return this.each([...elements].map(this.of), spoilt);
  }

  /** What comes of several numbers, part by part of the state. */
  private each(
    known: readonly Known[],
    combine: (dependences: readonly (Dependence | undefined)[], part: number) => Dependence | undefined,
  ): number {
    const parts = new Set(known.flatMap(({ on }) => [...on.keys()]));
    const besides = known.map((one) => one.besides).reduce(coarser, 'fixed');
    const on = new Map<number, Dependence>();
    for (const part of parts) {
      const dependence = combine(
        known.map((one) => one.on.get(part)),
        part,
      );
      if (dependence) on.set(part, dependence);
    }
    return this.idOf({ besides, on });
  }

  private multiplied(node: Node, a: Known, b: Known): number {
    const [left, right] = node.inputs as readonly [Value, Value];
    return this.each([a, b], ([x, y], part) => {
      if (x && y) return nonLinear;
      const [dependence, factor, besides] = x ? [x, right, besidesOf(b, part)] : [y!, left, besidesOf(a, part)];
      const fill = fillOf(factor);
      if (fill === 0) return undefined;
      if (fill === 1) return dependence;
      const isSwitch = this.ranges.isMask(factor) && besides !== 'token' && node.operator === 'Mul';
      if (isSwitch && dependence.degree === 'moved') {
        return {
          ...dependence,
          coefficient: coarser(dependence.coefficient, besides),
          range: hull(dependence.range, [0, 0]),
        };
      }
      return scaled(dependence, besides, this.ranges.of(factor));
    });
  }

  /** a m + b (1 - m) with zeros and ones m takes one of the two, and moves it. */
  private added(node: Node, x: Dependence | undefined, y: Dependence | undefined): Dependence | undefined {
    const one = x ?? y!;
    return one.degree === 'moved' && one.coefficient !== 'one' && !(x && y) && this.isSelection(node)
      ? one
      : added(x, y);
  }

  private isSelection({ inputs: [a, b] }: Node): boolean {
    const masks = [a, b].map((side) =>
      (producer(side, 'Mul')?.inputs ?? []).filter((input): input is Value => this.ranges.isMask(input)),
    );
    return masks[0]!.some((m) => masks[1]!.some((n) => isComplement(m, n) || isComplement(n, m)));
  }

  private reciprocal(value: Value): Range {
    const [low, high] = this.ranges.of(value);
    return low >= 0
      ? [high === Infinity ? 0 : 1 / high, 1 / low]
      : high <= 0
        ? [1 / high, low === -Infinity ? 0 : 1 / low]
        : anything;
  }
}

const isComplement = (m: Value, n: Value): boolean => {
  const difference = producer(n, 'Sub');
  return difference !== undefined && fillOf(difference.inputs[0]) === 1 && difference.inputs[1]!.id === m.id;
};
const isHarmless = ({ degree }: Dependence): boolean => degrees.indexOf(degree) <= degrees.indexOf('affine');
const spoilt = (): Dependence => nonLinear;

/** What a coefficient depends on that is made of this number; other parts of the state count as the token does. */
function besidesOf({ besides, on }: Known, part: number): Coefficient {
  return on.size > Number(on.has(part)) ? 'token' : coarser(besides, 'fixed');
}

function scaled(x: Dependence, by: Coefficient, range: Range): Dependence {
  if (!isHarmless(x)) return nonLinear;
  return { degree: 'affine', coefficient: coarser(x.coefficient, by), range: times(x.range, range) };
}

function added(x: Dependence | undefined, y: Dependence | undefined): Dependence | undefined {
  if (x && y) {
    if (!isHarmless(x) || !isHarmless(y)) return nonLinear;
    return {
      degree: 'affine',
      coefficient: coarser('fixed', coarser(x.coefficient, y.coefficient)),
      range: plus(x.range, y.range),
    };
  }
  const one = x ?? y;
  if (!one || one.degree !== 'moved') return one;
  return { ...one, degree: one.coefficient === 'one' ? 'translated' : 'affine' };
}

const largest = (dependences: readonly (Dependence | undefined)[]): Dependence =>
  dependences.every((one) => !one || isTranslated(one))
    ? { degree: 'max-plus', coefficient: 'one', range: [0, 1] }
    : nonLinear;

/** One of several numbers, by something that depends on `by`. */
function chosen(dependences: readonly (Dependence | undefined)[], by: Coefficient): Dependence {
  const present = dependences.filter((one): one is Dependence => one !== undefined);
  const degree = present.map((one) => one.degree).reduce(steeper);
  if (degree === 'non-linear' || degree === 'max-plus') return nonLinear;
  const ranges = dependences.map((one): Range => one?.range ?? [0, 0]);
  return {
    degree: degree === 'moved' && by !== 'token' ? 'moved' : 'affine',
    coefficient: present.map((one) => one.coefficient).reduce(coarser, by === 'token' ? by : coarser(by, 'fixed')),
    range: ranges.reduce(hull),
  };
}

import { recentName } from '../../architectures/layers/growing-state';
import type { SequenceModel } from '../core/contracts/architecture';
import type { TransitionKind, UpdateClass } from '../core/contracts/declared-theory';
import { type Graph, sizeOf, type Value } from '../engine/ir/graph';
import { components } from './state-update/components';
import {
  type Coefficient,
  coefficients,
  type Degree,
  degrees,
  Dependences,
  asItIs,
  type Dependence,
} from './state-update/dependence';
import { elementAt, type Elements } from './state-update/elements';
import { hasElmanUnits } from './state-update/elman-units';
import { type Domain, propagate } from './state-update/propagate';
import { hull, type Range, Ranges } from './state-update/ranges';
import { growthOf, type TracedStep, tracedStep } from './traced-state';

/** Elements of the state that depend on each other from token to token, and how they follow from those before. */
export interface StateComponent {
  /** Tensors that they are in, with how many of their numbers. */
  readonly tensors: readonly { readonly name: string; readonly size: number; readonly grows: boolean }[];
  /** Of a cache or a window of earlier tokens `moved`, however it is written; null where they do not depend on themselves. */
  readonly degree: Degree | null;
  readonly coefficient: Coefficient;
  /** Of coefficients. */
  readonly range: Range;
  /** Whether every number depends on itself alone among them. */
  readonly isDiagonal: boolean;
}

/** Our classification of how a state follows from the one before (docs/theory.md). */
export interface StateUpdate {
  readonly update: UpdateClass;
  readonly transition: TransitionKind | null;
  readonly components: readonly StateComponent[];
  /** Whether some unit is a threshold-like function of a weighed sum of the state, as in an Elman network. */
  readonly hasElmanUnits: boolean;
  /** Of every element of every tensor of the state of one sequence, by the tensor's name, its place among `components`. */
  readonly membership: Readonly<Record<string, Int32Array>>;
}

/** A state tensor within a traced step: its values before and after, and where its elements are among all. */
interface StateTensor {
  readonly name: string;
  readonly before: Value;
  readonly after: Value;
  readonly offset: number;
  readonly size: number;
  readonly grows: boolean;
  /** What the step appends to it beside it, if it does (architectures/layers/growing-state.ts). */
  readonly recent?: Value;
}

const mostParts = 64;
const mostRefinements = 8;

/** Tokens that a growing state has room for where its step is looked at. */
export const room = 16;

/**
 * The class of a model's state update, from its traced step. Parts of the state that depend on each other in a circle are a
 * component; by its steepest dependence on itself the update is non-linear, affine (with a maximum of affine ones in
 * max-plus algebra), or a mere shift of what earlier tokens left. Undefined for a model without a step.
 */
export function stateUpdateOf(model: SequenceModel): StateUpdate | undefined {
  if (!model.step || !model.initialState) return undefined;
  const step = tracedStep(model, 1, room);
  const { graph } = step;
  const tensors = stateTensors(model, step);
  const ranges = new Ranges(graph);
  const numbers = grouped(graph, tensors, ranges, refined(graph, tensors, ranges));
  const order = [...new Set(numbers)];
  const places = numbers.map((number) => order.indexOf(number));
  const found = described(graph, tensors, ranges, places);
  const membership = tensors.map(({ name, offset, size }) => [name, places.subarray(offset, offset + size)]);
  const parameters = new Set(graph.inputs.slice(2, 2 + model.parameters.length));
  return {
    ...classOf(found),
    components: found,
    hasElmanUnits: hasElmanUnits(graph, new Set(tensors.map(({ before }) => before)), parameters),
    membership: Object.fromEntries(membership),
  };
}

function stateTensors(model: SequenceModel, step: TracedStep): StateTensor[] {
  const { graph, before, after } = step;
  const growth = growthOf(model, step, room);
  const output = (name: string) => graph.outputs[1 + Object.keys(after).indexOf(name)]!;
  let offset = 0;
  return Object.keys(before).flatMap((name, i) => {
    if (!(name in after)) return [];
    const input = graph.inputs[2 + model.parameters.length + i]!;
    const tensor = {
      name,
      before: input,
      after: output(name),
      offset,
      size: sizeOf(input.shape),
      grows: growth[name] !== undefined,
      ...(growth[name] === 'appended' && { recent: output(recentName(name)) }),
    };
    offset += tensor.size;
    return [tensor];
  });
}

/** What an element of the state, number `at` of its tensor, is after the step, among what was found of values. */
const afterwards = (of: (value: Value) => Elements, { after }: StateTensor, at: number) => elementAt(of(after), at);

/** Elements of state tensors are told apart as far as the step treats them differently: part of every element. */
function refined(graph: Graph, tensors: readonly StateTensor[], ranges: Ranges): Int32Array {
  const total = tensors.reduce((sum, { size }) => sum + size, 0);
  let parts = new Int32Array(total);
  tensors.forEach(({ offset, size }, i) => parts.fill(i, offset, offset + size));
  let count = tensors.length;
  for (let round = 0; round < mostRefinements; round++) {
    const { of } = dependences(graph, tensors, ranges, parts);
    const numbers = new Map<string, number>();
    const next = new Int32Array(total);
    for (const tensor of tensors) {
      for (let at = 0; at < tensor.size; at++) {
        const element = tensor.offset + at;
        const key = `${parts[element]} ${isRoomFor(tensor) ? afterwards(of, tensor, at) : 0}`;
        if (!numbers.has(key)) numbers.set(key, numbers.size);
        next[element] = numbers.get(key)!;
      }
    }
    if (numbers.size === count || numbers.size > mostParts) break;
    count = numbers.size;
    parts = next;
  }
  return parts;
}
/** A growing tensor with its token at the end has another shape after a step: it is one part. */
const isRoomFor = ({ before, after }: StateTensor) => String(before.shape) === String(after.shape);

function dependences(graph: Graph, tensors: readonly StateTensor[], ranges: Ranges, parts: Int32Array) {
  const domain = new Dependences(ranges);
  const start = (input: Value): Elements => {
    const tensor = tensors.find(({ before }) => before === input);
    if (!tensor) {
      const position = graph.inputs[1];
      const besides = input === graph.inputs[0] ? 'token' : input === position ? 'position' : 'fixed';
      return domain.idOf({ besides, on: new Map() });
    }
    const own = (part: number) => domain.idOf({ besides: 'fixed', on: new Map([[part, asItIs]]) });
    const ofTensor = parts.subarray(tensor.offset, tensor.offset + tensor.size);
    return ofTensor.every((part) => part === ofTensor[0]) ? own(ofTensor[0]!) : ofTensor.map(own);
  };
  return { domain, of: propagate(graph, start, domain) };
}

/** Elements with the component that their part is in. */
function grouped(graph: Graph, tensors: readonly StateTensor[], ranges: Ranges, parts: Int32Array): Int32Array {
  const { domain, of } = dependences(graph, tensors, ranges, parts);
  const count = parts.reduce((most, part) => Math.max(most, part + 1), 0);
  const edges = Array.from({ length: count }, () => new Set<number>());
  forElements(tensors, of, (id, element) => {
    for (const part of domain.of(id).on.keys()) edges[parts[element]!]!.add(part);
  });
  const component = new Int32Array(count);
  components(edges.map((each) => [...each])).forEach((members, i) => members.forEach((part) => (component[part] = i)));
  return parts.map((part) => component[part]!);
}

/** Every element of the state with what is known of it after the step. */
function forElements(
  tensors: readonly StateTensor[],
  of: (value: Value) => Elements,
  visit: (id: number, element: number, tensor: StateTensor) => void,
): void {
  for (const tensor of tensors) {
    const after = of(tensor.after);
    const same = isRoomFor(tensor);
    const everywhere = new Set([
      ...(same ? [] : distinct(after)),
      ...(tensor.recent ? distinct(of(tensor.recent)) : []),
    ]);
    for (let at = 0; at < tensor.size; at++) {
      if (same) visit(elementAt(after, at), tensor.offset + at, tensor);
      for (const id of everywhere) visit(id, tensor.offset + at, tensor);
    }
  }
}

const distinct = (elements: Elements): Iterable<number> => (typeof elements === 'number' ? [elements] : elements);

/** Every component by its members, in the order in which they come first. */
function described(
  graph: Graph,
  tensors: readonly StateTensor[],
  ranges: Ranges,
  membership: Int32Array,
): StateComponent[] {
  const { domain, of } = dependences(graph, tensors, ranges, membership);
  const found = new Map<number, { members: Map<StateTensor, number>; own?: Dependence }>();
  const knownIds = new Set<string>();
  forElements(tensors, of, (id, element) => {
    const number = membership[element]!;
    const component = found.get(number) ?? { members: new Map<StateTensor, number>() };
    found.set(number, component);
    const key = `${number} ${id}`;
    if (knownIds.has(key)) return;
    knownIds.add(key);
    const own = domain.of(id).on.get(number);
    if (own) component.own = component.own ? joined(component.own, own) : own;
  });
  for (const tensor of tensors) {
    for (const number of membership.subarray(tensor.offset, tensor.offset + tensor.size)) {
      const { members } = found.get(number)!;
      members.set(tensor, (members.get(tensor) ?? 0) + 1);
    }
  }
  return [...found].map(([number, { members, own }]) => {
    const isLinear = own !== undefined && degrees.indexOf(own.degree) <= degrees.indexOf('affine');
    const isDiagonal = isLinear && keepsToItself(graph, tensors, membership, number);
    const isCache = isDiagonal && own.coefficient !== 'token' && [...members.keys()].every(({ grows }) => grows);
    return {
      tensors: [...members].map(([{ name, grows }, size]) => ({ name, size, grows })),
      degree: isCache ? 'moved' : (own?.degree ?? null),
      coefficient: own?.coefficient ?? 'one',
      range: own?.range ?? [0, 0],
      isDiagonal,
    };
  });
}

const joined = (a: Dependence, b: Dependence): Dependence => ({
  degree: degrees[Math.max(degrees.indexOf(a.degree), degrees.indexOf(b.degree))]!,
  coefficient: coefficients[Math.max(coefficients.indexOf(a.coefficient), coefficients.indexOf(b.coefficient))]!,
  range: hull(a.range, b.range),
});

/** Whether after a step every number of a component depends on no number of it but itself. */
function keepsToItself(
  graph: Graph,
  tensors: readonly StateTensor[],
  membership: Int32Array,
  component: number,
): boolean {
  const start = (input: Value): Elements => {
    const tensor = tensors.find(({ before }) => before === input);
    if (!tensor) return none;
    return Int32Array.from({ length: tensor.size }, (_, at) =>
      membership[tensor.offset + at] === component ? tensor.offset + at : none,
    );
  };
  const of = propagate(graph, start, origins);
  let itself = true;
  forElements(tensors, of, (origin, element, tensor) => {
    if (membership[element] === component && isRoomFor(tensor) && origin !== none && origin !== element) itself = false;
  });
  return itself;
}

const none = -1;
const several = -2;
const merged = (elements: Iterable<number>): number => {
  let origin = none;
  for (const element of elements) {
    if (element !== none && element !== origin) origin = origin === none ? element : several;
  }
  return origin;
};
/** The one number of the state that an element depends on, if it is one. */
const origins: Domain = {
  constant: none,
  elementwise: (_, inputs) => merged(inputs),
  product: (_, a, b) => merged([a, b]),
  sum: merged,
  largest: merged,
  choice: (elements, index) => merged([...elements, index]),
  unknown: merged,
};

/** Whether a component is more than a memory of what earlier tokens left. */
export const isRecurrent = ({ degree }: StateComponent): boolean => degree !== null && degree !== 'moved';
export const isAffine = ({ degree }: StateComponent): boolean => degree === 'translated' || degree === 'affine';

export const transitionOf = ({ coefficient, isDiagonal }: StateComponent): TransitionKind =>
  coefficient === 'one' || coefficient === 'fixed' ? 'fixed' : isDiagonal ? 'elementwise' : 'matrix';

function classOf(found: readonly StateComponent[]): Pick<StateUpdate, 'update' | 'transition'> {
  if (found.some(({ degree }) => degree === 'non-linear')) return { update: 'sequential', transition: null };
  if (!found.some(isRecurrent)) return { update: 'feed-forward', transition: null };
  const kinds = found.filter(isAffine).map(transitionOf);
  const transition = (['matrix', 'elementwise', 'fixed'] as const).find((kind) => kinds.includes(kind)) ?? null;
  return { update: 'scan', transition };
}

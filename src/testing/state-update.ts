import * as tf from '@tensorflow/tfjs-core';
import { recentName, settled } from '../../architectures/layers/growing-state';
import type { Parameters, SequenceModel, State } from '../core/contracts/architecture';
import type { Rng } from '../core/contracts/random';
import { room, type StateUpdate, stateUpdateOf } from '../model/update-class';
import { merged } from './merged';
import { mapState, movedParameters, tokenList } from './models';
import type { Subject } from './subject';

/** A state of one sequence, as numbers by the name of the tensor. */
type Numbers = Readonly<Record<string, Float32Array>>;

/** What a step makes of several states at once, with everything else as it is. */
type Transition = (states: readonly Numbers[]) => Numbers[];

/** A state within a sequence, and what the step there makes of it and of others. */
export interface Situation {
  readonly state: Numbers;
  readonly transition: Transition;
}

/**
 * The states that a sequence of random tokens goes through, with what the step makes of other states there. Growing states
 * have room for `room` tokens.
 */
export function* rollOut(model: SequenceModel, parameters: Parameters, rng: Rng): Generator<Situation> {
  let state = model.initialState!(1, room);
  for (const [position, token] of tokenList(rng, room).entries()) {
    const now = tf.scalar(position, 'int32');
    const step = (before: State, batch: number) =>
      model.step!(parameters, before, tf.fill([batch], token, 'int32'), now).state;
    const shapes = mapState(state, ({ shape }) => shape.slice(1));
    const transition: Transition = (states) => {
      const batch = states.length;
      const before = Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [
          name,
          tf.tensor(joined(states.map((each) => each[name]!)), [batch, ...shape]),
        ]),
      );
      return apart(settled(before, step(before, batch), now), batch);
    };
    yield { state: apart(state, 1)[0]!, transition };
    state = merged(settled(state, step(state, 1), now), position + 1);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function apart(state: State, batch: number): Numbers[] {
  const all = mapState(state, (tensor) => Float32Array.from(tensor.dataSync())); // a cast leaves integers as they are
  return Array.from({ length: batch }, (_, row) =>
    Object.fromEntries(
      Object.entries(all).map(([name, data]) => {
        const size = data.length / batch;
        return [name, data.slice(row * size, (row + 1) * size)];
      }),
    ),
  );
}

/** Elements of a component, as tensor and place. */
export type Places = readonly { readonly name: string; readonly at: number }[];

export const placesOf = ({ membership }: StateUpdate, component: number): Places =>
  Object.entries(membership).flatMap(([name, members]) =>
    [...members.keys()].filter((at) => members[at] === component).map((at) => ({ name, at })),
  );

/** A state whose elements of a component are others. */
export function replaced(state: Numbers, places: Places, value: (i: number) => number): Numbers {
  const copy = Object.fromEntries(Object.entries(state).map(([name, data]) => [name, data.slice()]));
  places.forEach(({ name, at }, i) => (copy[name]![at] = value(i)));
  return copy;
}

/** Elements of a component after a step: those in its places, and what was appended to its tensors. */
function outcome(next: Numbers, places: Places): number[] {
  const appended = [...new Set(places.map(({ name }) => recentName(name)))].filter((name) => name in next);
  return [...places.map(({ name, at }) => next[name]![at]!), ...appended.flatMap((name) => [...next[name]!])];
}

const mean = (x: number, y: number): number => 0.3 * x + 0.7 * y;
/** Of parameters and states: as they are at the start, and so large that gates are open or closed. */
export const scales = [1, 5];
/** Of what float32 gives for a step. */
const tolerance = 1e-3;

/**
 * Every component of the state is what it was found to be in the program (model/update-class.ts), when it is computed: with
 * f the step, as a function of the component alone, f(a s + (1 - a) t) = a f(s) + (1 - a) f(t) where it is affine or only
 * moved, f(max(s, t)) = max(f(s), f(t)) where it is a maximum of translations, and neither where it is not linear.
 */
export function updateIsAsRead({ model, rng, assert }: Subject): void {
  const update = stateUpdateOf(model)!;
  const places = update.components.map((_, i) => placesOf(update, i));
  const nameOf = (i: number) => update.components[i]!.tensors.map(({ name }) => name).join(', ');
  const counterexamples = new Set<number>();
  for (const scale of scales) {
    const parameters = scaledParameters(model, rng.split(`parameters ${scale}`), scale);
    const draws = rng.split(`states ${scale}`);
    for (const { state, transition } of rollOut(model, parameters, rng.split(`tokens ${scale}`))) {
      const trials = update.components.map(({ degree }, i) => {
        const draw = () => places[i]!.map(({ name, at }) => state[name]![at]! + scale * draws.normal());
        const combine = degree === 'max-plus' ? Math.max : mean;
        const [s, t] = [draw(), draw()];
        const between = s.map((x, k) => combine(x, t[k]!));
        return { combine, states: [s, t, between].map((values) => replaced(state, places[i]!, (k) => values[k]!)) };
      });
      const outcomes = transition(trials.flatMap(({ states }) => states));
      update.components.forEach(({ degree }, i) => {
        const [ofS, ofT, ofBoth] = outcomes.slice(3 * i, 3 * i + 3).map((next) => outcome(next, places[i]!));
        const { combine } = trials[i]!;
        const expected = ofS!.map((x, k) => combine(x, ofT![k]!));
        const all = [ofS!, ofT!, ofBoth!, expected].flat();
        if (!all.every(Number.isFinite)) return; // nothing is to be seen where something overflows
        const size = Math.max(1, ...all.map(Math.abs));
        const distance = Math.max(...ofBoth!.map((x, k) => Math.abs(x - expected[k]!))) / size;
        if (degree !== 'non-linear') {
          assert(
            distance < tolerance,
            `${nameOf(i)}: read as ${degree ?? 'fresh'}, but off by ${distance} of its size`,
          );
        } else if (distance > tolerance) counterexamples.add(i);
      });
    }
  }
  update.components.forEach(({ degree }, i) =>
    assert(
      degree !== 'non-linear' || counterexamples.has(i),
      `${nameOf(i)}: read as non-linear, but no state shows it`,
    ),
  );
}

/** Parameters that are drawn anew and larger, so that gates open and close all the way; at scale 1 moved initial ones. */
export function scaledParameters(model: SequenceModel, rng: Rng, scale: number): Parameters {
  if (scale === 1) return movedParameters(model, rng);
  return Object.fromEntries(
    model.parameters.map(({ name, shape }) => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      const values = Float32Array.from({ length: size }, () => (scale * rng.normal()) / Math.sqrt(shape[0] ?? 1));
      return [name, tf.tensor(values, [...shape])];
    }),
  );
}

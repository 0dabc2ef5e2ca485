import * as tf from '@tensorflow/tfjs-core';
import { recentName, recentOf, settled } from '../../architectures/layers/growing-state';
import type { Parameters, State } from '../core/contracts/architecture';
import { growingAxis, resized } from '../model/generate/cache';
import { merged } from './merged';
import { difference, mapState, movedParameters, randomTokens } from './models';
import { sameGradients } from './same-gradients';
import { stepTolerance, type Subject } from './subject';

export function stepsAreWhole({ model, assert }: Subject): void {
  const [has, lacks] = model.step ? ['step', 'initialState'] : ['initialState', 'step'];
  assert((model.step === undefined) === (model.initialState === undefined), `there is \`${has}\` and no \`${lacks}\``);
}

/** Forward against repeated step; half-way the state is read out, forgotten, and put back, with what is recent in its place. */
export function formsAgree({ model, rng, assert }: Omit<Subject, 'meta'>, time: number): void {
  const parameters = movedParameters(model, rng);
  const tokens = randomTokens(rng, 2, time);
  let state = model.initialState!(2, time);
  const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
    if (position === time >> 1) {
      state = mapState(merged(state, position), (tensor) => tf.tensor(tensor.dataSync().slice(), tensor.shape));
    }
    const now = tf.scalar(position, 'int32');
    const next = model.step!(parameters, state, token, now);
    state = settled(state, next.state, now);
    return next.logits;
  });
  const largest = difference(model.forward(parameters, tokens).dataSync(), tf.stack(said, 1).dataSync());
  assert(largest < stepTolerance, `the two forms differ by ${largest}`);
}

/** The parallel form against the recurrent one, differentiated through all steps. */
export function gradientsAgree({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const time = 5;
  const [tokens, targets] = [randomTokens(rng, 2, time), randomTokens(rng, 2, time)];
  const inSteps = (list: Parameters) => {
    let state = model.initialState!(2, time);
    const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
      const next = model.step!(list, state, token, tf.scalar(position, 'int32'));
      state = next.state;
      return next.logits;
    });
    return tf.stack(said, 1);
  };
  sameGradients({ model, assert }, parameters, targets, (list) => model.forward(list, tokens), inSteps);
}

/** Forward against `extend` over pieces of several lengths. */
export function piecesAgree({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const pieces = [3, 1, 5, 2];
  const tokens = randomTokens(
    rng,
    2,
    pieces.reduce((sum, piece) => sum + piece),
  );
  let [state, position] = [model.initialState!(2, tokens.shape[1]), 0];
  const said = (tf.split(tokens, pieces, 1) as tf.Tensor2D[]).map((piece) => {
    const now = tf.scalar(position, 'int32');
    const next = model.extend!(parameters, state, piece, now);
    [state, position] = [settled(state, next.state, now), position + piece.shape[1]];
    return next.logits;
  });
  const largest = difference(model.forward(parameters, tokens).dataSync(), tf.concat(said, 1).dataSync());
  assert(largest < stepTolerance, `forward and extend differ by ${largest}`);
}

export function stateIsTrue({ model, rng, assert }: Subject): void {
  const [short, long] = [4, 8].map((maximumTime) => model.initialState!(3, maximumTime)) as [State, State];
  for (const [name, { shape }] of Object.entries(long)) assert(shape[0] === 3, `${name} is not batch first`);
  const parameters = movedParameters(model, rng);
  let state = long;
  for (const position of [0, 1]) {
    const now = tf.scalar(position, 'int32');
    const next = model.step!(parameters, state, tf.tensor1d([0, 1, 2], 'int32'), now).state;
    for (const [name, { shape }] of Object.entries(long)) {
      const axis = growingAxis(short[name]!.shape, shape);
      const recent = recentOf(next, name);
      const allowed = axis === undefined || recent ? [shape] : [shape, resized(shape, axis, shape[axis]! + 1)];
      const found = next[name]?.shape;
      assert(
        allowed.some((one) => String(one) === String(found)),
        `after ${position + 1} steps ${name} is ${found ? `[${found}]` : 'gone'} instead of ${allowed.map((one) => `[${one}]`).join(' or ')}`,
      );
      if (!recent) continue;
      assert(next[name] === long[name], `a step appends to ${name}, which is then only read, and changes it`);
      const extent = axis === undefined ? 0 : recent.shape[axis];
      assert(extent === position + 1, `after ${position + 1} steps ${extent} recent tokens are kept for ${name}`);
    }
    const known = new Set(Object.keys(long).flatMap((name) => [name, recentName(name)]));
    const surplus = Object.keys(next).filter((name) => !known.has(name));
    assert(surplus.length === 0, `a step adds ${surplus.join(', ')} to the state`);
    state = settled(state, next, now);
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { emit } from '../../../../src/engine/native/emit/emit';
import { callNames } from '../../../../src/engine/native/plan/calls';
import { planOf } from '../../support/plans';

const emitted = (...given: Parameters<typeof planOf>) => emit(planOf(...given), 8);
const callOfCopy = `zoo->calls[${callNames.indexOf('copy')}]`;

it('columns that are copied one by one are calls of one kernel, however many there are', () => {
  const columns = (count: number) =>
    emitted((x) => tf.unstack(x!, 1).map((column) => tf.concat([column, column])), [30, count]);
  const [few, many] = [columns(3), columns(12)];
  expect(few.kernels).toHaveLength(1);
  expect(few.kernels[0]).toContain(callOfCopy);
  expect(many.kernels).toEqual(few.kernels);
  expect(many.steps).toHaveLength(4 * few.steps.length);
});

it('say how far apart elements are, in as few extents as both sides allow', () => {
  const { steps } = emitted((x) => [tf.transpose(x!, [2, 0, 1])], [4, 5, 6]);
  expect(steps.map(({ sizes }) => sizes)).toEqual([[2, 6, 1, 20, 20, 6, 1]]);
});

it('are written in vectors where they lie in a row, or where more is done than copying', () => {
  const text = (...given: Parameters<typeof planOf>) => emitted(...given).kernels.join();
  expect(text((x) => [tf.slice(x!, [0, 1], [-1, 20])], [4, 30])).not.toContain(callOfCopy);
  expect(text((x) => [tf.tanh(tf.transpose(x!))], [4, 30])).not.toContain(callOfCopy);
});

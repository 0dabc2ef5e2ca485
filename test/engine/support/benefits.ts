import * as tf from '@tensorflow/tfjs-core';
import { standardize } from '../../../architectures/layers';
import { flopsOf } from '../../../src/engine/ir/flops';
import { sizeOf, type Graph } from '../../../src/engine/ir/graph';
import { common, optimise, type Pass } from '../../../src/engine/passes/pipeline';
import { capture } from '../../../src/engine/trace/capture';
import { graphOf } from './graphs';
import { attentionModel, decayModel, gradientProgram, gradientSignature, lstmModel, type TestModel } from './models';

/** A program that a pass is for, and what there is less of with it. */
export interface Benefit {
  readonly graph: () => Graph;
  readonly work: (graph: Graph) => number;
}

const sizes = { batch: 8, time: 6, vocabulary: 5 };
const gradientOf = (model: TestModel) => (): Graph =>
  capture(gradientProgram(model), gradientSignature(model, sizes), 'test', 'onnx');
export const gradients = {
  attention: gradientOf(attentionModel(sizes, 2, 8, 2)),
  lstm: gradientOf(lstmModel(sizes, 16, 8)),
  decay: gradientOf(decayModel(sizes, 6)),
};

export const nodes = (graph: Graph): number => graph.nodes.length;
export const flops = flopsOf;

const views: ReadonlySet<string> = new Set(['Reshape', 'Transpose', 'Split', 'Slice', 'Expand']);
/** Numbers that nodes read and write, but for those that may only look at what is there in another way. */
export const numbersTouched = (graph: Graph): number =>
  graph.nodes
    .filter(({ operator }) => !views.has(operator))
    .flatMap(({ inputs, outputs }) => [...inputs, ...outputs])
    .reduce((sum, value) => sum + (value ? sizeOf(value.shape) : 0), 0);

/** Gradients of layer normalization and the product behind it. */
export const normalization = (): Graph =>
  graphOf(
    (...inputs) => {
      const program = (x: tf.Tensor, weight: tf.Tensor, d: tf.Tensor) =>
        tf.mul(tf.matMul(standardize(x) as tf.Tensor2D, weight as tf.Tensor2D), d);
      return tf
        .grads(program as (...tensors: tf.Tensor[]) => tf.Tensor)(inputs)
        .slice(0, 2);
    },
    [80, 8],
    [8, 8],
    [80, 8],
  );

/** Gradients of a recurrence that reads tokens [batch, time, 3] into states [batch, 12] and gives back the whole sequence. */
const sequences = (): Graph =>
  graphOf(
    (tokens, weight, recurrent, d) => {
      const states = (w: tf.Tensor, r: tf.Tensor) => {
        const projected = tf.matMul(tf.reshape(tokens!, [12, 3]) as tf.Tensor2D, w as tf.Tensor2D);
        let state: tf.Tensor = tf.zeros([2, 12]);
        const steps = tf.unstack(tf.reshape(projected, [2, 6, 12]), 1).map((step) => {
          state = tf.tanh(tf.add(step, tf.matMul(state as tf.Tensor2D, r as tf.Tensor2D)));
          return state;
        });
        return tf.mul(tf.stack(steps, 1), d!);
      };
      return tf.grads(states as (...tensors: tf.Tensor[]) => tf.Tensor)([weight!, recurrent!]);
    },
    [2, 6, 3],
    [3, 12],
    [12, 12],
    [2, 6, 12],
  );

/** For the passes that every engine begins with. */
export const commonBenefits: Readonly<Record<string, Benefit>> = {
  mergeSumsOfProducts: { graph: gradients.lstm, work: nodes },
  removeZeros: { graph: gradients.lstm, work: flops },
  associateProducts: { graph: gradients.lstm, work: flops },
  reorderTimeSteps: { graph: sequences, work: numbersTouched },
  moveVectorsToWeights: { graph: gradients.attention, work: numbersTouched },
  centreWeights: { graph: normalization, work: numbersTouched },
};

/** Every pass of a list saves work on a program of its own, beside all the others. */
export function testBenefits(passes: readonly Pass[], own: Readonly<Record<string, Benefit>>): void {
  const benefits: Readonly<Record<string, Benefit>> = { ...commonBenefits, ...own };

  it('begins with the passes of every engine', () => expect(passes.slice(0, common.length)).toEqual(common));

  it('names a program for every pass', () =>
    expect(Object.keys(benefits).sort()).toEqual(passes.map(({ name }) => name).sort()));

  it.each(passes.map((pass) => [pass.name, pass] as const))('%s saves work', (name, pass) => {
    const { graph, work } = benefits[name]!;
    const captured = graph();
    const rest = passes.filter((other) => other !== pass);
    expect(work(optimise(passes, captured))).toBeLessThan(work(optimise(rest, captured)));
  });
}

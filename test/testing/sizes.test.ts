import * as tf from '@tensorflow/tfjs';
import { Lstm } from '../../architectures/lstm';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { architecture, unitOf } from '../../registry/units';
import type { ArchitectureMeta, SequenceModel } from '../../src/core/contracts/architecture';
import { RecurrentHyperparameters } from '../../architectures/layers';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { numbersIn, raised, tracedFlops } from '../../src/testing/sizes';

beforeAll(() => tf.setBackend('cpu'));

const small = Object.assign(new RecurrentHyperparameters(), { embeddingWidth: 3, hiddenSize: 5 });

it('counts the products of a step, whatever the model says of itself', () => {
  const model = { ...new Lstm().build(small, 7), flops: () => 1 };
  // embedding 7 x 3, gates (3 + 5) x 20, read-out 5 x 7
  expect(tracedFlops(model, 4)).toBe(2 * (7 * 3 + 8 * 20 + 5 * 7));
});

it('counts those of the parallel form by token where there is no step', () => {
  const { parameters, forward } = new Lstm().build(small, 7);
  expect(tracedFlops({ parameters, forward }, 6)).toBe(2 * (7 * 3 + 8 * 20 + 5 * 7));
});

it('counts the numbers of one sequence', () => {
  tf.tidy(() => expect(numbersIn(new Lstm().build(small, 7).initialState!(3, 9))).toBe(2 * 5));
});

it('raises every whole number to the next that is allowed', () => {
  const from = Object.assign(new TransformerHyperparameters(), { width: 8, heads: 2, layers: 64 });
  const to = raised(TransformerHyperparameters, from);
  expect(to).toMatchObject({ layers: 64, feedForwardFactor: 5, positions: 'rotary' }); // 64 layers are the most
  expect(to.width).toBeGreaterThan(8);
  expect(to.heads).toBeGreaterThan(2);
  expect(to.width % to.heads).toBe(0);
});

describe('the conformance checks', () => {
  /** A row that is the Transformer but for what it says of itself. */
  const lying = (meta: Partial<ArchitectureMeta>, model: Partial<SequenceModel> = {}) => {
    class Lying extends Transformer {
      override build(hyperparameters: TransformerHyperparameters, vocabularySize: number): SequenceModel {
        return { ...super.build(hyperparameters, vocabularySize), ...model };
      }
    }
    return architecture({ ...(unitOf(Transformer)!.meta as ArchitectureMeta), ...meta })(Lying);
  };
  const run = (row: ReturnType<typeof lying>, name: RegExp) => () =>
    architectureConformance(row)
      .find((check) => name.test(check.name))!
      .run();
  const sizes = /size of its state/;
  const attention = /attends to/;
  const causal = { causal: true, state: 'growing', exposesAttention: true } as const;

  it('let pass what is true', () => {
    run(lying({}), sizes)();
    run(lying({}), attention)();
  });

  it('see through a state that is larger than it says', () => {
    const stateSize = (): number => 64;
    expect(run(lying({ capabilities: { ...causal, stateSize } }), sizes)).toThrow(
      /stateSize says 64, and the state holds 96 numbers/,
    );
  });

  it('see through a cost that is not what the graph does', () => {
    expect(run(lying({}, { flops: () => 7 }), sizes)).toThrow(/flops says 7, and the traced graph does 2400/);
  });

  it('see through attention that is not there, not declared, or not shares', () => {
    expect(run(lying({}, { attention: undefined }), attention)).toThrow(
      /exposesAttention is true, and the model has no/,
    );
    expect(run(lying({ capabilities: { causal: true, state: 'growing' } }), attention)).toThrow(
      /exposesAttention is false/,
    );
    const says = (weights: tf.Tensor) => ({ attention: () => weights as tf.Tensor5D });
    expect(run(lying({}, says(tf.ones([2, 1, 1, 9, 9]))), attention)).toThrow(/do not sum to one/);
    expect(run(lying({}, says(tf.fill([2, 1, 1, 9, 9], 1 / 9))), attention)).toThrow(/looks at a later token/);
  });
});

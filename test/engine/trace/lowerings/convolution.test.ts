import fc from 'fast-check';
import { convolutionLowerings } from '../../../../src/engine/trace/lowerings/convolution';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { tensor } from '../../support/tensors';

const small = fc.integer({ min: 1, max: 3 });

interface Call {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  readonly dy: readonly number[];
  readonly attributes: object;
}

/** Shapes and attributes of one convolution whose padding keeps sizes simple to work out here: none, or causal on the left. */
const convolutions = (depthwise: boolean): fc.Arbitrary<Call> =>
  fc
    .record({
      batch: small,
      inputs: small,
      outputs: small,
      height: small,
      width: fc.integer({ min: 3, max: 7 }),
      filterHeight: fc.constantFrom(1, 2),
      filterWidth: small,
      stride: fc.constantFrom(1, 2),
      before: fc.nat({ max: 2 }),
    })
    .filter(({ height, filterHeight }) => filterHeight <= height)
    .map(({ batch, inputs, outputs, height, width, filterHeight, filterWidth, stride, before }) => {
      const out = (size: number, window: number) => Math.floor((size - window) / stride) + 1;
      const pad =
        before === 0
          ? 'valid'
          : [
              [0, 0],
              [0, 0],
              [before, 0],
              [0, 0],
            ];
      const x = [batch, height, width, inputs];
      const filter = [filterHeight, filterWidth, inputs, outputs];
      const dy = [
        batch,
        out(height, filterHeight),
        out(width + before, filterWidth),
        depthwise ? inputs * outputs : outputs,
      ];
      const attributes = {
        strides: [stride, stride],
        pad,
        dilations: [1, 1],
        dataFormat: 'NHWC',
        filterShape: filter,
        inputShape: x,
        ...(before ? { dimRoundingMode: 'floor' } : {}),
      };
      return { x, filter, dy, attributes };
    });

const calls = (depthwise: boolean, ...names: readonly ('x' | 'filter' | 'dy')[]): KernelCase => ({
  calls: convolutions(depthwise).chain((call) =>
    fc.tuple(...names.map((name) => tensor(call[name]))).map((tensors) => ({
      inputs: Object.fromEntries(names.map((name, i) => [name, tensors[i]!])),
      attributes: call.attributes,
    })),
  ),
  tolerance: 1e-5,
});

testLowerings(convolutionLowerings, {
  Conv2D: calls(false, 'x', 'filter'),
  Conv2DBackpropFilter: calls(false, 'x', 'dy'),
  Conv2DBackpropInput: calls(false, 'dy', 'filter'),
  DepthwiseConv2dNative: calls(true, 'x', 'filter'),
  DepthwiseConv2dNativeBackpropFilter: calls(true, 'x', 'dy'),
  DepthwiseConv2dNativeBackpropInput: calls(true, 'dy', 'filter'),
});

import {
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type DepthwiseConv2dNativeAttrs,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  backend_util,
} from '@tensorflow/tfjs-core';
import type { Attributes, Shape, Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import type { LoweringTable } from '../backend';

/**
 * TensorFlow.js keeps channels last: x [batch, height, width, in], filter [height, width, in, out]. ONNX keeps them
 * first: x [batch, in, height, width], filter [out, in, height, width]. A 1-D convolution has height 1.
 */
const channelsFirst = (g: Operators, x: Value): Value => g.transpose(x, [0, 3, 1, 2]);
const channelsLast = (g: Operators, x: Value): Value => g.transpose(x, [0, 2, 3, 1]);

type Geometry = Pick<Conv2DAttrs, 'strides' | 'pad'> & Partial<Pick<Conv2DAttrs, 'dilations' | 'dimRoundingMode'>>;
type FourExtents = [number, number, number, number];

/** Sizes and paddings, worked out by TensorFlow.js. */
function informationOf(
  xShape: Shape,
  filterShape: Shape,
  { strides, pad, dilations = 1, dimRoundingMode }: Geometry,
  depthwise = false,
) {
  return backend_util.computeConv2DInfo(
    [...xShape] as FourExtents,
    [...filterShape] as FourExtents,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}
type Information = ReturnType<typeof informationOf>;

const pads = ({ padInfo: { top, left, bottom, right } }: Information): number[] => [top, left, bottom, right];
const forwardAttributes = (info: Information, group = 1): Attributes => ({
  group,
  strides: [info.strideHeight, info.strideWidth],
  dilations: [info.dilationHeight, info.dilationWidth],
  pads: pads(info),
});

/** ONNX Conv of x and a filter in its own layout, back in the layout of TensorFlow.js. */
function convolve(g: Operators, x: Value, filter: Value, info: Information, group = 1): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const result = g.one(
    'Conv',
    [channelsFirst(g, x), filter],
    { shape, dtype: 'float32' },
    forwardAttributes(info, group),
  );
  return channelsLast(g, result);
}

/** The transposed convolution: how much each element of x contributed. */
function backToInput(g: Operators, dy: Value, filter: Value, info: Information, group = 1): Value {
  // Rows and columns that no window reached, because strides do not divide the size, are appended as zeros.
  const unreached = (size: number, out: number, stride: number, window: number, padding: number) =>
    size - (stride * (out - 1) + window - padding);
  const { top, bottom, left, right } = info.padInfo;
  const output_padding = [
    unreached(info.inHeight, info.outHeight, info.strideHeight, info.effectiveFilterHeight, top + bottom),
    unreached(info.inWidth, info.outWidth, info.strideWidth, info.effectiveFilterWidth, left + right),
  ];
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  const attributes = { ...forwardAttributes(info, group), output_padding };
  return channelsLast(
    g,
    g.one('ConvTranspose', [channelsFirst(g, dy), filter], { shape, dtype: 'float32' }, attributes),
  );
}

/**
 * The gradient of a filter is a convolution too: of x with dy as its filter, the batch being summed over like channels
 * and strides becoming dilations. Result [groups..., height, width], cropped to the filter.
 */
function backToFilter(
  g: Operators,
  x: Value,
  dy: Value,
  rows: number,
  outputs: number,
  info: Information,
  group: number,
): Value {
  const reach = (size: number, padding: number, stride: number, out: number) => size + padding - stride * (out - 1);
  const { top, bottom, left, right } = info.padInfo;
  const height = reach(info.inHeight, top + bottom, info.strideHeight, info.outHeight);
  const width = reach(info.inWidth, left + right, info.strideWidth, info.outWidth);
  const attributes: Attributes = {
    group,
    dilations: [info.strideHeight, info.strideWidth],
    strides: [1, 1],
    pads: pads(info),
  };
  const whole = g.one('Conv', [x, dy], { shape: [rows, outputs, height, width], dtype: 'float32' }, attributes);
  return g.slice(whole, [0, 0, 0, 0], [rows, outputs, info.filterHeight, info.filterWidth]);
}

/** filter [height, width, in, multiplier] -> [in * multiplier, 1, height, width] */
function depthwiseFilter(g: Operators, filter: Value): Value {
  const [height, width, inputs, multiplier] = filter.shape as unknown as FourExtents;
  return g.reshape(g.transpose(filter, [2, 3, 0, 1]), [inputs * multiplier, 1, height, width]);
}

export const convolutionLowerings: LoweringTable = {
  Conv2D: (g, { x, filter }: Record<'x' | 'filter', Value>, attributes: Conv2DAttrs) =>
    convolve(g, x, g.transpose(filter, [3, 2, 0, 1]), informationOf(x.shape, filter.shape, attributes)),
  Conv2DBackpropFilter: (g, { x, dy }: Record<'x' | 'dy', Value>, attributes: Conv2DBackpropFilterAttrs) => {
    const info = informationOf(x.shape, attributes.filterShape, attributes);
    const byChannel = g.transpose(x, [3, 0, 1, 2]); // [in, batch, height, width]
    const gradient = backToFilter(
      g,
      byChannel,
      g.transpose(dy, [3, 0, 1, 2]),
      info.inChannels,
      info.outChannels,
      info,
      1,
    );
    return g.transpose(gradient, [2, 3, 0, 1]); // [height, width, in, out]
  },
  Conv2DBackpropInput: (g, { dy, filter }: Record<'dy' | 'filter', Value>, attributes: Conv2DBackpropInputAttrs) =>
    backToInput(
      g,
      dy,
      g.transpose(filter, [3, 2, 0, 1]),
      informationOf(attributes.inputShape, filter.shape, attributes),
    ),
  DepthwiseConv2dNative: (g, { x, filter }: Record<'x' | 'filter', Value>, attributes: DepthwiseConv2dNativeAttrs) =>
    convolve(g, x, depthwiseFilter(g, filter), informationOf(x.shape, filter.shape, attributes, true), x.shape[3]!),
  DepthwiseConv2dNativeBackpropFilter: (
    g,
    { x, dy }: Record<'x' | 'dy', Value>,
    attributes: DepthwiseConv2dNativeBackpropFilterAttrs,
  ) => {
    const info = informationOf(x.shape, attributes.filterShape, attributes, true);
    const { batchSize, inChannels, outChannels, inHeight, inWidth, filterHeight, filterWidth } = info;
    const byChannel = g.reshape(g.transpose(x, [3, 0, 1, 2]), [1, inChannels * batchSize, inHeight, inWidth]);
    const gradient = backToFilter(g, byChannel, g.transpose(dy, [3, 0, 1, 2]), 1, outChannels, info, inChannels);
    const split = g.reshape(gradient, [inChannels, outChannels / inChannels, filterHeight, filterWidth]);
    return g.transpose(split, [2, 3, 0, 1]); // [height, width, in, multiplier]
  },
  DepthwiseConv2dNativeBackpropInput: (
    g,
    { dy, filter }: Record<'dy' | 'filter', Value>,
    attributes: DepthwiseConv2dNativeBackpropInputAttrs,
  ) => {
    const info = informationOf(attributes.inputShape, filter.shape, attributes, true);
    return backToInput(g, dy, depthwiseFilter(g, filter), info, info.inChannels);
  },
};

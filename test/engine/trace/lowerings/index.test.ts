import * as tf from '@tensorflow/tfjs-core';
import { lowerings } from '../../../../src/engine/trace/lowerings';

it('knows only kernels that TensorFlow.js has', () => {
  const kernels = new Set(tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName));
  expect(Object.keys(lowerings).filter((kernel) => !kernels.has(kernel))).toEqual([]);
});

it('has every kernel but those for images, strings, complex, ragged, sparse and random tensors', () => {
  const outOfScope = new RegExp(
    '^(AvgPool|MaxPool|Conv3D|CropAndResize|DepthToSpace|Dilation2D|Draw|FlipLeftRight|Fused|LRN|Resize|RotateWithOffset|Transform' +
      '|NonMaxSuppression|StaticRegexReplace|String|Complex|FFT|IFFT|Imag$|Real$|Ragged|Sparse|Multinomial|BroadcastArgs)',
  );
  // These read content to work out a shape, or count it: no gradient passes through them.
  const notDifferentiable = ['Bincount', 'DenseBincount', 'SearchSorted', 'Unique'];
  const missing = tf
    .getKernelsForBackend('cpu')
    .map(({ kernelName }) => kernelName)
    .filter((kernel) => !(kernel in lowerings) && !outOfScope.test(kernel) && !notDifferentiable.includes(kernel));
  expect(missing).toEqual([]);
});

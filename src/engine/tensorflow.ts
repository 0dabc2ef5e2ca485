import './backends';
import * as tensorflow from '@tensorflow/tfjs-core';

/** What plugins mean by `@tensorflow/tfjs`: tensors, gradients and the backend `cpu`, without layers, data and converters. */
export = tensorflow;

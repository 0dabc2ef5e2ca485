export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint';
export { ParameterLayout } from './parameters';
export { prediction, trainingStep } from './programs';
export { Interrupted, train } from './train';

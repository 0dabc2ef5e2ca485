import { common, type Pass } from '../../passes/pipeline';
import { addWithinProducts } from './biased-products';
import { contractProducts } from './contractions';
import { recogniseLayerNormalization } from './layer-normalization';
import { layOutOperands } from './operand-layouts';
import { schedule } from './schedule';
import { orderFactors } from './weight-gradients';

/** For onnxruntime, which runs operator by operator. The later passes change what the earlier ones look for. */
export const onnxPasses: readonly Pass[] = [
  ...common,
  contractProducts,
  recogniseLayerNormalization,
  layOutOperands,
  orderFactors,
  addWithinProducts,
  schedule,
];

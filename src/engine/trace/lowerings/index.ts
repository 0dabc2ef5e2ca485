import type { LoweringTable } from '../backend';
import { comparisonLowerings } from './comparison';
import { convolutionLowerings } from './convolution';
import { creationLowerings } from './creation';
import { arithmeticLowerings } from './arithmetic';
import { indexingLowerings } from './indexing';
import { matrixLowerings } from './matrix';
import { reductionLowerings } from './reduction';
import { shapeLowerings } from './shape';
import { unaryLowerings } from './unary';

/** Every TensorFlow.js kernel the onnx engine knows, by family. */
export const lowerings: LoweringTable = {
  ...arithmeticLowerings,
  ...comparisonLowerings,
  ...convolutionLowerings,
  ...creationLowerings,
  ...indexingLowerings,
  ...matrixLowerings,
  ...reductionLowerings,
  ...shapeLowerings,
  ...unaryLowerings,
};

import { DeltaProduct, DeltaProductNegative } from '../../architectures/deltaproduct';
import { describeGolden } from '../support/architectures/golden';

describeGolden('deltaproduct', DeltaProduct);
describeGolden('deltaproduct-negative', DeltaProductNegative);

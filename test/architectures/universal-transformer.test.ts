import { UniversalTransformer } from '../../architectures/universal-transformer';
import { describeGolden } from '../support/architectures/golden';

describeGolden('universal-transformer', UniversalTransformer);

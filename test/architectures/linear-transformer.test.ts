import { LinearTransformer } from '../../architectures/linear-transformer';
import { describeGolden } from '../support/architectures/golden';

describeGolden('linear-transformer', LinearTransformer);

import { BlockRecurrentTransformer } from '../../architectures/block-recurrent-transformer';
import { describeGolden } from '../support/architectures/golden';

describeGolden('block-recurrent-transformer', BlockRecurrentTransformer);

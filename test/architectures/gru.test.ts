import { Gru } from '../../architectures/gru';
import { describeGolden } from '../support/architectures/golden';

describeGolden('gru', Gru);

import { MinGru } from '../../architectures/min-gru';
import { describeGolden } from '../support/architectures/golden';

describeGolden('min-gru', MinGru);

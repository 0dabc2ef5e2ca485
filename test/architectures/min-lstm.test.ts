import { MinLstm } from '../../architectures/min-lstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('min-lstm', MinLstm);

import { StackLstm } from '../../architectures/stack-lstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('stack-lstm', StackLstm);

import { StackRnn } from '../../architectures/stack-rnn';
import { describeGolden } from '../support/architectures/golden';

describeGolden('stack-rnn', StackRnn);

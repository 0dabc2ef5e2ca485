import { NondeterministicStackRnn } from '../../architectures/ndstack-rnn';
import { describeGolden } from '../support/architectures/golden';

describeGolden('ndstack-rnn', NondeterministicStackRnn);

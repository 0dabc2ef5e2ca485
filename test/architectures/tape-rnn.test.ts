import { TapeRnn } from '../../architectures/tape-rnn';
import { describeGolden } from '../support/architectures/golden';

describeGolden('tape-rnn', TapeRnn);
describeGolden('tape-rnn-2', TapeRnn);

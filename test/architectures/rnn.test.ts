import { Rnn, RnnRelu } from '../../architectures/rnn';
import { describeGolden } from '../support/architectures/golden';

describeGolden('rnn', Rnn);
describeGolden('rnn-relu', RnnRelu);

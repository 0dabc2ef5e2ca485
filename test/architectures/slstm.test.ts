import { SLstm } from '../../architectures/slstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('slstm', SLstm);

import { XLstm } from '../../architectures/xlstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('xlstm', XLstm);

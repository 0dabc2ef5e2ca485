import { MLstm } from '../../architectures/mlstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('mlstm', MLstm);

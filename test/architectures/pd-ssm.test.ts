import { PdSsm } from '../../architectures/pd-ssm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('pd-ssm', PdSsm);

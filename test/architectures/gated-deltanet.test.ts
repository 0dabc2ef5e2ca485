import { GatedDeltaNet, GatedDeltaNetNegative } from '../../architectures/gated-deltanet';
import { describeGolden } from '../support/architectures/golden';

describeGolden('gated-deltanet', GatedDeltaNet);
describeGolden('gated-deltanet-negative', GatedDeltaNetNegative);

import { DeltaNet, DeltaNetNegative } from '../../architectures/deltanet';
import { describeGolden } from '../support/architectures/golden';

describeGolden('deltanet', DeltaNet);
describeGolden('deltanet-negative', DeltaNetNegative);

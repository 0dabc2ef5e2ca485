import { Mamba, MambaNegative } from '../../architectures/mamba';
import { describeGolden } from '../support/architectures/golden';

describeGolden('mamba', Mamba);
describeGolden('mamba-negative', MambaNegative);

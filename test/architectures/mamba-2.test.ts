import { Mamba2 } from '../../architectures/mamba-2';
import { describeGolden } from '../support/architectures/golden';

describeGolden('mamba-2', Mamba2);

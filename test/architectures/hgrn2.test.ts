import { Hgrn2 } from '../../architectures/hgrn2';
import { describeGolden } from '../support/architectures/golden';

describeGolden('hgrn2', Hgrn2);

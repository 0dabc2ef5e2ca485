import { Gla } from '../../architectures/gla';
import { describeGolden } from '../support/architectures/golden';

describeGolden('gla', Gla);

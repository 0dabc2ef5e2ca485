import { Lstm } from '../../architectures/lstm';
import { describeGolden } from '../support/architectures/golden';

describeGolden('lstm', Lstm);

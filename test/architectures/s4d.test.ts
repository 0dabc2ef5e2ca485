import { S4d } from '../../architectures/s4d';
import { describeGolden } from '../support/architectures/golden';

describeGolden('s4d', S4d);

import { RetNet } from '../../architectures/retnet';
import { describeGolden } from '../support/architectures/golden';

describeGolden('retnet', RetNet);

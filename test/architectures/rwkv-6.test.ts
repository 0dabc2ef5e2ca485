import { Rwkv6 } from '../../architectures/rwkv-6';
import { describeGolden } from '../support/architectures/golden';

describeGolden('rwkv-6', Rwkv6);

import { Rwkv7, Rwkv7Negative } from '../../architectures/rwkv-7';
import { describeGolden } from '../support/architectures/golden';

describeGolden('rwkv-7', Rwkv7);
describeGolden('rwkv-7-negative', Rwkv7Negative);

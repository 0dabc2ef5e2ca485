import { Lru } from '../../architectures/lru';
import { describeGolden } from '../support/architectures/golden';

describeGolden('lru', Lru);

import { RecurrentMemoryTransformer } from '../../architectures/recurrent-memory-transformer';
import { describeGolden } from '../support/architectures/golden';

describeGolden('recurrent-memory-transformer', RecurrentMemoryTransformer);

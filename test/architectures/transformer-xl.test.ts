import { TransformerXl } from '../../architectures/transformer-xl';
import { describeGolden } from '../support/architectures/golden';

describeGolden('transformer-xl', TransformerXl);

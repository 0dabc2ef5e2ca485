import { TransformerEncoder } from '../../architectures/transformer-encoder';
import { describeGolden } from '../support/architectures/golden';

describeGolden('transformer-encoder', TransformerEncoder);

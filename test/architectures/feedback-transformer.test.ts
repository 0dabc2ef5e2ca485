import { FeedbackTransformer } from '../../architectures/feedback-transformer';
import { describeGolden } from '../support/architectures/golden';

describeGolden('feedback-transformer', FeedbackTransformer);

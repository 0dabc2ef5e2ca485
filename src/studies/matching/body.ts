import { TrainingResult } from '../../core/contracts/record';
import { Nested } from '../../core/validation';

/** Reading of a look: share of inputs of unseen pairs that are answered. */
export const unseenReading = 'matching.unseen';

/** What the study measures of one training: its curve, with the answers to unseen pairs and the matching scores. */
export class MatchingBody {
  @Nested(() => TrainingResult) readonly training!: TrainingResult;
}

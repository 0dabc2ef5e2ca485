import { TrainingResult } from '../../core/contracts/record';
import { Nested } from '../../core/validation';

/** What the study measures of one training: its curve, with what probes read at every look. */
export class SparseParityBody {
  @Nested(() => TrainingResult) readonly training!: TrainingResult;
}

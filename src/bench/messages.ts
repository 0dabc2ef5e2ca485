import type { SerialisedError } from '../core/contracts/execution';
import type { StepMeasurement } from './step';

/** What a measuring process sends back, once. */
export type Measured =
  | { readonly type: 'measured'; readonly measurement: StepMeasurement }
  | { readonly type: 'failed'; readonly error: SerialisedError };

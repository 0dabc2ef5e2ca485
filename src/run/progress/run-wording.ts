import type { Job, RecordOf } from '../../core/contracts/record';
import { cellLabel } from '../../core/cell';
import type { CellProgress } from '../../core/contracts/execution';
import { printable } from '../../report/printable';
import type { Estimate } from '../estimate';
import { percent } from '../../studies/capability/drawing/wording';

/** "45 s", "12 min", "3 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "lstm x parity, seed 1", fit for a terminal. */
export const nameOf = (job: Job): string => printable(cellLabel(job));

/** "step 640/1000, loss 0.213, held out 87 %", "searching, step 40/2000", or the phase. */
export function progressWords({ phase, step, steps, loss, heldOut }: CellProgress): string {
  if (phase === 'starting') return 'starting';
  if (phase === 'evaluating') return steps > 0 ? `evaluating ${step}/${steps}` : 'evaluating';
  return [
    ...(phase === 'searching' ? ['searching'] : []),
    `step ${step}/${steps}`,
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(heldOut ? [`held out ${percent(heldOut.exact)} %`] : []),
  ].join(', ');
}

/** "about 3 min left", with a word where it is a guess. */
export const timeLeftWords = ({ seconds, measured }: Estimate): string =>
  `${measured ? 'about' : 'roughly'} ${duration(seconds)} left`;

/** Seconds that a record took. */
export const secondsOf = ({ provenance }: RecordOf): number =>
  provenance.trainingSeconds + provenance.evaluationSeconds;

/** Of a message from elsewhere: what happened, without where. */
export const firstLine = (message: string): string => printable(message.split('\n')[0]!);

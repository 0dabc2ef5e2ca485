import { columnOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import { groupBy } from '../../data/split';
import { fewNames } from '../../core/few-names';
import { thousands } from './drawing/wording';

/** A sentence for each size of a finite training set: who trains on it, and how often each sequence comes up. */
export function trainingSetNotes({ cells }: Manifest): string[] {
  const trained = cells.filter(({ specification: { mode } }) => mode !== 'baseline');
  const columns = new Set(trained.map(columnOf));
  return [...groupBy(trained, ({ specification: { protocol } }) => useOf(protocol))].flatMap(([use, alike]) => {
    const own = new Set(alike.map(columnOf));
    const who = own.size === columns.size ? 'Training' : `Training on ${fewNames([...own])}`;
    return use ? [`${who} draws from ${use}.`] : [];
  });
}

type Trained = Manifest['cells'][number]['specification']['protocol'];

/** "256 sequences, each seen up to 250 times on average"; empty where training sets have no end. */
function useOf({ trainingSequences, steps, batchSize }: Trained): string {
  if (trainingSequences === undefined || trainingSequences === null) return '';
  const drawn = steps * batchSize;
  const sequences = trainingSequences === 1 ? '1 sequence' : `${thousands(trainingSequences)} sequences`;
  if (drawn < trainingSequences) return `${sequences}, of which it sees at most ${thousands(drawn)}`;
  const times = drawn / trainingSequences;
  return `${sequences}, each seen up to ${times < 10 ? times.toFixed(1) : thousands(Math.round(times))} times on average`;
}

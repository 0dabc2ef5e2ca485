import { columnOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/record';
import { groupBy } from '../../data/split';
import { thousands } from './drawing/wording';

/** A sentence for each size of a finite training set: who trains on it, and how often each sequence comes up. */
export function trainingSetNotes({ cells }: Manifest): string[] {
  const trained = cells.filter(({ specification: { mode } }) => mode !== 'baseline');
  const columns = new Set(trained.map(columnOf));
  return [...groupBy(trained, ({ specification: { protocol } }) => useOf(protocol))].flatMap(([use, alike]) => {
    const own = new Set(alike.map(columnOf));
    const who = own.size === columns.size ? 'Training' : `Training on ${[...own].join(', ')}`;
    return use ? [`${who} draws from ${use} on average.`] : [];
  });
}

type Trained = Manifest['cells'][number]['specification']['protocol'];

/** "256 sequences, each seen 250 times"; empty where training sets have no end. */
function useOf({ trainingSequences, steps, batchSize }: Trained): string {
  if (trainingSequences === undefined) return '';
  const times = (steps * batchSize) / trainingSequences;
  const told = times < 10 ? times.toFixed(1) : thousands(Math.round(times));
  const sequences = trainingSequences === 1 ? '1 sequence' : `${thousands(trainingSequences)} sequences`;
  return `${sequences}, each seen up to ${told} times`;
}

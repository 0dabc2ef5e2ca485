import { fingerprint } from '../../core/cell';
import type { CellRecord, RecordOf } from '../../core/contracts/record';
import { lengthRanges } from '../../core/contracts/reference';
import { summarise } from '../../evaluation/evaluate';

/** What of a record cannot be, given the rest of it: views show the ranges, and nobody looks at the lengths behind them. */
export function contradiction(record: RecordOf): string | undefined {
  const { lengths, ranges, training, specification } = record as CellRecord;
  const expected = summarise(lengths, (range) => ranges[range].notEvaluated);
  const wrong = lengthRanges.find((range) => fingerprint(expected[range]) !== fingerprint(ranges[range]));
  if (wrong) return `ranges.${wrong} is not the mean of its lengths`;
  const known = lengths.map(({ length }) => length);
  if (new Set(known).size < known.length) return 'a length is there twice';
  if (!training) return specification.mode === 'baseline' ? undefined : 'it was trained, and has no training';
  const { curve, steps, trainingSet } = training;
  const { trainingSequences } = specification.protocol;
  if (trainingSet?.sequences !== (trainingSequences ?? undefined))
    return `it was trained on ${trainingSet?.sequences ?? 'any number of'} sequences, and the protocol says ${trainingSequences ?? 'any number'}`;
  if (trainingSet && trainingSet.distinct > trainingSet.sequences)
    return 'more of its training sequences are distinct than there are';
  if (steps > specification.protocol.steps) return `training.steps is ${steps}, and the protocol has fewer`;
  const unordered = curve.findIndex(({ step }, at) => step > steps || step <= (curve[at - 1]?.step ?? -1));
  return unordered < 0 ? undefined : `training.curve[${unordered}].step is out of order`;
}

import { fingerprint } from '../../core/cell';
import type { CellRecord, RecordOf } from '../../core/contracts/record';
import type { CellSearch, SearchSpecification } from '../../core/contracts/search';
import { lengthRanges } from '../../core/contracts/reference';
import { summarise } from '../../evaluation/evaluate';

/** What of a record cannot be, given the rest of it: views show the ranges, and nobody looks at the lengths behind them. */
export function contradiction(record: RecordOf): string | undefined {
  const { lengths, ranges, training, search, specification } = record as CellRecord;
  const expected = summarise(lengths, (range) => ranges[range].notEvaluated);
  const wrong = lengthRanges.find((range) => fingerprint(expected[range]) !== fingerprint(ranges[range]));
  if (wrong) return `ranges.${wrong} is not the mean of its lengths`;
  const known = lengths.map(({ length }) => length);
  if (new Set(known).size < known.length) return 'a length is there twice';
  const { evaluation, stop } = specification.protocol;
  const skipped = evaluation?.sequential ? undefined : lengths.find(({ unmeasured }) => unmeasured !== undefined);
  if (skipped) return `length ${skipped.length} has sequences that were not measured, and the protocol asks for all`;
  if (!training) return specification.mode === 'baseline' ? undefined : 'it was trained, and has no training';
  const unlike = searchProblem(specification.search, search);
  if (unlike) return unlike;
  const { curve, steps, trainingSet, outcome } = training;
  if (outcome === 'stopped-futile' && !stop?.futile) return 'it stopped as futile, and the protocol has no such rule';
  const { trainingSequences } = specification.protocol;
  if (trainingSet?.sequences !== (trainingSequences ?? undefined))
    return `it was trained on ${trainingSet?.sequences ?? 'any number of'} sequences, and the protocol says ${trainingSequences ?? 'any number'}`;
  if (trainingSet && trainingSet.distinct > trainingSet.sequences)
    return 'more of its training sequences are distinct than there are';
  if (steps > specification.protocol.steps) return `training.steps is ${steps}, and the protocol has fewer`;
  const unordered = curve.findIndex(({ step }, at) => step > steps || step <= (curve[at - 1]?.step ?? -1));
  return unordered < 0 ? undefined : `training.curve[${unordered}].step is out of order`;
}

/** How what a search found differs from what was asked of it. */
function searchProblem(asked: SearchSpecification | undefined, found: CellSearch | undefined): string | undefined {
  if (!asked || !found)
    return asked || found ? 'its settings were searched, and its specification or its body has no search' : undefined;
  const tried = found.trials.map(({ settings, seed }) => ({ settings, seed }));
  if (fingerprint(tried) !== fingerprint(asked.trials) || asked.rule !== found.rule)
    return 'search.trials are not those that were asked for';
  if (found.chosen >= tried.length) return `search.chosen is ${found.chosen}, and there are ${tried.length} trials`;
  const steps = found.trials.reduce((sum, trial) => sum + trial.steps, 0);
  return found.steps === steps ? undefined : `search.steps is ${found.steps}, and its trials took ${steps}`;
}

import type { CellRecord } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { printable } from '../../report/printable';
import type { Findings } from '../findings/findings';
import { compare, factsOf, type Comparison } from './compare';
import type { RecurrenceManifest } from './facts';
import { accuracyFigures, costFigure, lengthFigure } from './figures';
import { statementsOf } from './statements';
import { costTable, depthTable, scoreTable } from './tables';
import { verdicts } from './verdict';

/** What the records of an experiment say together. */
export function recurrenceFindings(results: StudyResults<RecurrenceManifest, CellRecord>): Findings {
  const facts = factsOf(results.manifest);
  const inOrder = compare(results, facts);
  const place = ({ verdict }: Comparison) => (verdict === null ? verdicts.length : verdicts.indexOf(verdict));
  const comparisons = inOrder.toSorted((a, b) => place(a) - place(b));
  return {
    title: `Recurrence and chain of thought: ${printable(results.manifest.experiment)}`,
    statements: statementsOf(comparisons),
    figures: [...lengthFigure(comparisons), ...accuracyFigures(comparisons), ...costFigure(comparisons)],
    tables: [scoreTable(comparisons), costTable(comparisons), depthTable(facts.rows)],
    notes: notesOf(results, comparisons),
  };
}

function notesOf(
  { manifest, stored }: StudyResults<RecurrenceManifest, CellRecord>,
  all: readonly Comparison[],
): string[] {
  const trained = manifest.cells.filter(({ specification }) => specification.mode !== 'baseline');
  const missing = trained.filter(({ key }) => stored.get(key)?.status !== 'finished').length;
  const seeds = [...new Set(all.flatMap(({ modes }) => Object.values(modes).map(({ asked }) => asked)))];
  const steps = [...new Set(trained.map(({ specification }) => specification.protocol.steps))].sort((a, b) => a - b);
  return [
    `${[...seeds].sort((a, b) => a - b).join(' or ')} seeds, up to ${steps.join(' or ')} steps; the same for all modes of a row on a column. Scores are medians of the seeds, bars go from the least to the most of them.`,
    'Filler: as many tokens as the longest trace for inputs of a length, the same one throughout. Guessing: the best row without parameters.',
    'Non-linear steps: operators that are not linear on the longest path from the input to the last token of the answer, see docs/theory.md. The trace, sizes, lengths and columns are ours: those of the paper are not known to us.',
    ...(missing > 0 ? [`${missing} of ${trained.length} trainings are missing.`] : []),
  ];
}

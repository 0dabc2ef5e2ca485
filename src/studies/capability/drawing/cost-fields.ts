import type { CsvField } from '../../../report/csv';
import type { CellCost } from '../summarise/cost';

const fields: readonly (readonly [title: string, of: (cost: CellCost) => number | null])[] = [
  ['parameters', ({ parameters }) => parameters],
  ['state', ({ state }) => state],
  ['flops_per_token', ({ flops }) => flops],
  ['tokens_per_answer', ({ tokensPerAnswer }) => tokensPerAnswer],
  ['training_sequences', ({ sequences }) => sequences],
  ['training_steps', ({ steps }) => steps],
  ['training_seconds', ({ trainingSeconds }) => trainingSeconds],
  ['search_steps', ({ searchSteps = null }) => searchSteps],
  ['search_seconds', ({ searchSeconds = null }) => searchSeconds],
];

/** What a row takes and what training took, for spreadsheets: medians over seeds. */
export const costTitles = fields.map(([title]) => title);
/** In the order of their titles; empty where nothing was trained. */
export const costFields = (cost: CellCost | null | undefined): CsvField[] =>
  fields.map(([, of]) => (cost ? of(cost) : null));

import type { ManifestColumn, ManifestRow } from '../../../core/contracts/manifest';
import type { ManifestPrediction, ManifestProposition, ManifestTheory } from '../../../core/contracts/theory';
import { printable } from '../../../report/printable';
import type { Said } from './cell-summary';

/** The predictions of the pairs that are shown, with the propositions that these use, made printable. */
export function shownTheory(
  { propositions, predictions, rows }: ManifestTheory,
  isShown: (row: string, column: string) => boolean,
): ManifestTheory {
  const shown = predictions.map(printablePrediction).filter(({ architecture, task }) => isShown(architecture, task));
  const used = new Set(shown.flatMap((prediction) => prediction.propositions));
  const named = new Set(shown.map(({ architecture }) => architecture));
  const kinds = rows?.map((row) => ({ ...row, architecture: printable(row.architecture) }));
  return {
    propositions: propositions.map(printableProposition).filter(({ id }) => used.has(id)),
    predictions: shown,
    ...(kinds && { rows: kinds.filter(({ architecture }) => named.has(architecture)) }),
  };
}

const printablePrediction = (prediction: ManifestPrediction): ManifestPrediction => ({
  ...prediction,
  architecture: printable(prediction.architecture),
  task: printable(prediction.task),
  propositions: prediction.propositions.map(printable),
  ...(prediction.reason !== undefined && { reason: printable(prediction.reason) }),
});

const printableProposition = (proposition: ManifestProposition): ManifestProposition => ({
  ...proposition,
  id: printable(proposition.id),
  statement: printable(proposition.statement),
  citation: printable(proposition.citation),
});

/** What theory says of a row and a column. */
export function predictionsBy(theory: ManifestTheory | null) {
  const citations = new Map((theory?.propositions ?? []).map(({ id, citation }) => [id, citation]));
  const pair = (row: string, column: string) => `${row}\n${column}`;
  const predictions = new Map(
    (theory?.predictions ?? []).map(({ architecture, task, ...prediction }) => [pair(architecture, task), prediction]),
  );
  return (row: ManifestRow, column: ManifestColumn): Required<Pick<Said, 'prediction' | 'citations'>> => ({
    prediction: predictions.get(pair(row.id, column.id)) ?? null,
    citations,
  });
}

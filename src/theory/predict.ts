import type { ColumnProperties, Prediction, RowProperties } from '../core/contracts/theory';
import { derive, idsOf, type Derivation } from './derive';

/** What theory says of a row on a column, under the hyperparameters that the properties are of. */
export function predict(row: RowProperties, column: ColumnProperties): Prediction {
  return predictionOf(derive(row, column));
}

/** The part of a derivation that is kept. */
export function predictionOf({ deciding, extending, ...derived }: Derivation): Prediction {
  const { expressible, evidence, extends: extension, extensionEvidence, reason } = derived;
  return {
    expressible,
    evidence,
    ...(deciding?.binds !== undefined && expressible === 'cannot beyond a length' && { binds: deciding.binds }),
    extends: extension,
    extensionEvidence,
    propositions: [...new Set([...(deciding ? idsOf(deciding) : []), ...(extending ? idsOf(extending) : [])])],
    ...(reason !== undefined && { reason }),
  };
}

/** Short codes, in the order of a legend, and what they say. */
export const codes = {
  X: 'cannot, at all lengths: a theorem',
  'X?': 'cannot, by our derivation or a summary by others',
  x: 'cannot unless TC0 = NC1',
  Xa: 'cannot beyond a length that is far beyond records: memory',
  '+': 'can be expressed at this size',
  '(+)': 'can be expressed at a larger size; nothing is known of this one',
  '+c': 'can be expressed with a chain of thought',
  E: 'expected to extend beyond the trained lengths: a theorem',
  'E~': 'the same, of positions that the theorem does not cover',
  e: 'expected not to extend: an empirical law',
  'e~': 'the same, of positions that the law does not cover',
  '?': 'no result is known',
} as const;
export type Code = keyof typeof codes;

/**
 * What a prediction says in a character or two. That a row can compute a column and that it extends stand beside each other
 * (`+ E`); what it cannot compute cannot extend either, and that is left out.
 */
export function codeOf(
  prediction: Pick<Prediction, 'expressible' | 'evidence' | 'extends' | 'extensionEvidence'>,
): string {
  const expressed = expressibleCode(prediction);
  const extended = extensionCode(prediction);
  if (expressed === undefined) return extended ?? '?';
  return extended === undefined || prediction.expressible.startsWith('cannot') ? expressed : `${expressed} ${extended}`;
}

function expressibleCode({ expressible, evidence }: Pick<Prediction, 'expressible' | 'evidence'>): Code | undefined {
  switch (expressible) {
    case 'cannot':
      return evidence === 'theorem' ? 'X' : 'X?';
    case 'cannot unless TC0 = NC1':
      return 'x';
    case 'cannot beyond a length':
      return 'Xa';
    case 'can':
      return '+';
    case 'can at a larger size':
      return '(+)';
    case 'can with a chain of thought':
      return '+c';
    case 'no result':
      return undefined;
  }
}

function extensionCode(prediction: Pick<Prediction, 'extends' | 'extensionEvidence'>): Code | undefined {
  const isOurs = prediction.extensionEvidence === 'our derivation';
  if (prediction.extends === 'expected') return isOurs ? 'E~' : 'E';
  if (prediction.extends === 'not expected') return isOurs ? 'e~' : 'e';
  return undefined;
}

import { compareRows, type ComparedGroup } from '../summarise/comparison';
import { familyOf } from '../summarise/arranged';
import type { Matrix } from '../summarise/matrix';

/** Two rows of one family over all columns that both have. */
export interface ComparedVariants {
  readonly base: string;
  readonly variant: string;
  readonly overall: ComparedGroup;
}

/** Every two rows of one family, those that differ most first. */
export function comparedVariants(matrix: Matrix): ComparedVariants[] {
  const rows = matrix.rows.filter(({ kind }) => kind === 'architecture');
  const found = rows.flatMap((base, at) =>
    rows.slice(at + 1).flatMap((variant): ComparedVariants[] => {
      if (familyOf(base) !== familyOf(variant)) return [];
      const [overall] = compareRows(matrix, [base.id, variant.id]).groups;
      return overall ? [{ base: base.id, variant: variant.id, overall }] : [];
    }),
  );
  return found.sort((a, b) => Math.abs(b.overall.difference) - Math.abs(a.overall.difference));
}

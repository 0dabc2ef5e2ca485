import type { ShownScore } from '../../../core/contracts/view';
import type { RangeSummary } from '../summarise/cell-summary';

/** What a view shows of a range, 1 at best; null where it was not evaluated, or has no scale for skill above chance. */
export const shownScore = ({ score, scaled, hasScale }: RangeSummary, shown: ShownScore): number | null =>
  shown === 'scaled' ? (hasScale ? scaled.exact : null) : (score?.[shown] ?? null);

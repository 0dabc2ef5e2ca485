import type { Thousandths } from './grid-data';

/** A share as whole thousandths: only none is 0, and only all is 1000. */
export function thousandths(share: number): number {
  const rounded = Math.round(1000 * share);
  if (share > 0 && rounded <= 0) return 1;
  return share < 1 && rounded >= 1000 ? 999 : rounded;
}

export const thousandthsOrNull = (share: number | null | undefined): Thousandths =>
  share === null || share === undefined ? null : thousandths(share);

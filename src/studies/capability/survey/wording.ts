import type { Interval } from '../../statistics/wilson';
import type { CellCount } from './outcomes';

/** "0.71 (0.69 to 0.73)". */
export const withInterval = (value: number, { low, high }: Interval): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

/** "+0.12 (+0.09 to +0.15)". */
export const difference = (value: number, { low, high }: Interval): string =>
  `${signed(value)} (${signed(low)} to ${signed(high)})`;

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;

/** "123 (118 to 131)". */
export const counted = ({ cells, low, high }: CellCount): string =>
  low === high ? String(cells) : `${cells} (${low} to ${high})`;

/** "31 %"; nothing of nothing. */
export const shareOf = (count: number, of: number): string =>
  of === 0 ? '0 %' : `${Math.round((100 * count) / of)} %`;

/** "a", "a and b", "a, b and c". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

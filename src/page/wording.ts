import { percent, thousands } from '../studies/capability/drawing/wording';
import type { Thousandths } from '../studies/capability/report/grid-data';

export { rangeNames, thousands } from '../studies/capability/drawing/wording';

/** Whole percent. */
export const inPercent = (share: Thousandths | undefined): string =>
  share === null || share === undefined ? '–' : share < 0 ? '<0' : percent(share / 1000);

/** "0.964" */
export const inThousandths = (share: Thousandths | undefined): string =>
  share === null || share === undefined ? '–' : (share / 1000).toFixed(3);

/** "12,500", or "–" for what is not known. */
export const counted = (count: number | null | undefined): string =>
  count === null || count === undefined ? '–' : thousands(count);

import type { Figure } from '../../core/contracts/figure';

/** Figures by themselves: what plots make, and views of figures draw. */
export interface Figures {
  readonly title: string;
  readonly figures: readonly Figure[];
}

import type { RowProperties } from '../core/contracts/theory';
import type { RowTheory } from './traced-theory';

/**
 * Whether a row is recurrence-complete by our classification, docs/theory.md: its state follows from the one before by a
 * non-affine function, and its non-linear depth grows with the length, by the token or by the block of tokens.
 */
export const recurrences = ['per token', 'per block', 'no'] as const;
export type Recurrence = (typeof recurrences)[number];

export function recurrenceOf({ properties, depth }: RowTheory): Recurrence {
  if (properties.update !== 'sequential' || depth.perToken <= 0) return 'no';
  return depth.block === null ? 'per token' : 'per block';
}

/** Non-linear steps as a function of the length n: "14", "2n", "6n/16". */
export function depthFormula({ depth: { at, perToken, block } }: Pick<RowTheory, 'depth'>): string {
  if (perToken === 0) return String(at.at(-1));
  const times = (steps: number) => (steps === 1 ? 'n' : `${steps}n`);
  return block === null ? times(rounded(perToken)) : `${times(rounded(perToken * block))}/${block}`;
}

/** What `depthFormula` says, in words. */
export function depthInWords({ properties, depth }: RowTheory): string {
  const { at, perToken, block, perPass } = depth;
  const inProportion =
    block === null ? `${rounded(perToken)} per token` : `${rounded(perToken * block)} per ${block} tokens`;
  const own = perToken === 0 ? `${at.at(-1)} at any length` : `${inProportion} (${at.join(', ')} at 16, 32, 64 tokens)`;
  return writes(properties) ? `${own}, and ${perPass + chosenToken} more per token written` : own;
}

/** The choice of the likeliest token is a non-linear step. */
const chosenToken = 1;
const writes = ({ mode }: RowProperties): boolean => mode === 'chain-of-thought';
const rounded = (steps: number): number => Math.round(steps * 100) / 100;

/**
 * Non-linear steps from an input of n tokens to the last of its answer when `written` tokens are chosen one after the other,
 * each read back before the next: D(n) + T times the path through one pass.
 */
export const depthWith = (
  { depth: { at, perToken, perPass } }: Pick<RowTheory, 'depth'>,
  n: number,
  written: number,
): number => at.at(-1)! + perToken * (n - 64) + written * (perPass + chosenToken);

const transitions = {
  fixed: ', the same for every token',
  elementwise: ', number by number, as the token says',
  matrix: ', by a matrix that the token chooses',
} as const;

/** Class of the state update, in words. */
export function updateInWords({ update, transition }: RowProperties): string {
  switch (update) {
    case 'sequential':
      return 'sequential: not affine in the last state';
    case 'scan':
      return `scan: affine in the last state${transition ? transitions[transition] : ''}`;
    case 'feed-forward':
      return 'feed-forward: a memory of earlier tokens at most';
  }
}

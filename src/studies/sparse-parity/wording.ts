import type { AnswerMode } from '../../core/contracts/architecture';
import { thousands } from '../capability/drawing/wording';
import type { ParityGroup, ParitySetting } from './runs';

const modeTitles: Readonly<Record<AnswerMode, string>> = {
  'chain-of-thought': 'with chain of thought',
  direct: 'without chain of thought',
  filler: 'filler tokens',
};

/** What each row is called: how it answers, and its id where several rows answer alike. */
export function rowTitles(groups: readonly ParitySetting[]): Map<string, string> {
  const modes = new Map(groups.map(({ row, mode }) => [row, mode]));
  const isAlone = (mode: AnswerMode) => [...modes.values()].filter((each) => each === mode).length === 1;
  return new Map(
    [...modes].map(([row, mode]) => [row, isAlone(mode) ? modeTitles[mode] : `${modeTitles[mode]}, ${row}`]),
  );
}

/** "400k", "1M", "2,560". */
export function countOf(count: number): string {
  if (count >= 10_000 && count < 1_000_000) return `${Math.round(count / 1000)}k`;
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(1))}M`;
  return thousands(count);
}

/** "2 layers, 1 head". */
export const sizeOf = ({ layers, heads }: Pick<ParityGroup, 'layers' | 'heads'>): string => `${layers}L ${heads}H`;

import type { MatchingSetting } from './runs';

const chains: Readonly<Record<MatchingSetting['chain'], string>> = {
  single: '',
  double: 'two chains, ',
  ordered: 'hops given, ',
};

/** "order 2, 3 layers, 4 pairs". */
export const titleOf = ({ chain, order, layers, pairs }: MatchingSetting): string =>
  `${chains[chain]}${chain === 'ordered' ? 'up to ' : ''}order ${order}, ${layers} layers, ${pairs} pairs`;

/** "0.5", or "usual". */
export const exponentOf = ({ exponent }: Pick<MatchingSetting, 'exponent'>): string =>
  exponent === null ? 'usual' : String(exponent);

/** How often a token of the input that is an answer to some start is the right one. */
export const chanceOf = ({ chain, pairs, order }: MatchingSetting): number =>
  chain === 'double' ? 1 / 2 : chain === 'ordered' ? 1 / pairs : 1 / (pairs + 1 - order);

export const percent = (part: number): string => `${Math.round(100 * part)} %`;

/** With scale of the start and place of norms. */
export const startTitleOf = (setting: MatchingSetting): string =>
  `${titleOf(setting)}, gamma ${exponentOf(setting)}, ${setting.normalisation}-norm`;

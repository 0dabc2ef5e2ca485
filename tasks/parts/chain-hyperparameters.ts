import { IsIn, IsInt, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';
import { leastSteps, type ResidueKind, residueKinds } from './residue-steps';

/** One chain; two, each with a pair that leads astray; one, and the number of hops said in the input. */
const chainKinds = ['single', 'double', 'ordered'] as const;
type ChainKind = (typeof chainKinds)[number];

/** Pairs that an input needs for this number of hops. */
export const leastPairs = (chain: ChainKind, order: number): number => (chain === 'double' ? 2 * order + 2 : order);

/** There are pairs enough for the hops, and tokens enough for the pairs. */
const FitsOrderAndTokens = (): PropertyDecorator =>
  ValidateBy({
    name: 'enough for the order, and few enough for the tokens',
    validator: {
      validate: (pairs: unknown, at?: ValidationArguments) => {
        const { chain, order, tokens } = at!.object as ChainSearchHyperparameters;
        return Number(pairs) >= leastPairs(chain, order) && Number(pairs) + 2 <= leastSteps(tokens);
      },
      defaultMessage: () =>
        '$property must be at least order (2 order + 2 with two chains), and 2 less than two fifths of tokens',
    },
  });

export class ChainSearchHyperparameters {
  /** Different tokens. */
  @IsInt() @Min(10) @Max(4000) tokens = 40;
  /** Most different pairs; longer inputs say some again. */
  @IsInt() @Min(1) @Max(1000) @FitsOrderAndTokens() pairs = 12;
  /** Hops from the token that is asked for, or the most of them where the input says how many. */
  @IsInt() @Min(1) @Max(20) order = 2;
  @IsIn(chainKinds) chain: ChainKind = 'single';
  /** Which tokens may follow each other: by (next - previous) mod 5 in {0, 1, 4}, or in {2, 3}. */
  @IsIn(residueKinds) residues: ResidueKind = 'trained';
}

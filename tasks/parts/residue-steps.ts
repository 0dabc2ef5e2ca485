import type { Rng } from '../../registry';

/** Differences modulo 5 of a token and the one before it: those of training, and those that are kept from it. */
const differences = { trained: [0, 1, 4], unseen: [2, 3] } as const;
export const residueKinds = ['trained', 'unseen'] as const;
export type ResidueKind = (typeof residueKinds)[number];

const modulus = 5;

/** Every token has at least so many tokens that may follow it or come before it, itself left out. */
export const leastSteps = (tokens: number): number => 2 * Math.floor(tokens / modulus);

/** Draws different tokens 0..tokens-1 that follow each other by differences of a kind. */
export class ResidueSteps {
  private readonly used = new Set<number>();

  constructor(
    private readonly rng: Rng,
    private readonly tokens: number,
    private readonly kind: ResidueKind,
  ) {}

  /** So many steps from a new token: steps + 1 tokens. */
  path(steps: number): number[] {
    const path = [this.draw(() => true)];
    while (path.length <= steps) {
      const last = path.at(-1)!;
      path.push(this.draw((token) => this.mayFollow(last, token)));
    }
    return path;
  }
  /** A new token that `token` may follow. */
  before(token: number): number {
    return this.draw((candidate) => this.mayFollow(candidate, token));
  }

  private mayFollow(token: number, next: number): boolean {
    const difference = (((next - token) % modulus) + modulus) % modulus;
    return (differences[this.kind] as readonly number[]).includes(difference);
  }
  /** Uniform among those that are allowed and were not drawn before. */
  private draw(isAllowed: (token: number) => boolean): number {
    const free = Array.from({ length: this.tokens }, (_, token) => token).filter(
      (token) => !this.used.has(token) && isAllowed(token),
    );
    const drawn = this.rng.choice(free);
    this.used.add(drawn);
    return drawn;
  }
}

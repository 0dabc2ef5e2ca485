import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { ChainSearchHyperparameters, leastPairs } from './parts/chain-hyperparameters';
import { starFreeColumn } from './parts/column-theory';
import { ac0 } from './parts/references';
import { ResidueSteps } from './parts/residue-steps';
import { numerals } from './parts/symbols';

export { ChainSearchHyperparameters };

/** In-context multi-step reasoning: pairs of a chain in random order, and a token to go on from. */
@task({
  id: 'chain-search',
  version: 1,
  title: 'Chain search',
  summary: 'Pairs of tokens that make a chain, shuffled, then one token; the token that is 2 hops further.',
  level: 'regular',
  circuitClass: ac0,
  reference: {
    authors: 'Wang et al. 2024',
    title: 'Towards Understanding How Transformers Perform Multi-step Reasoning with Matching Operation',
    identifier: 'arXiv:2405.15302',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: starFreeColumn,
  hyperparameters: ChainSearchHyperparameters,
})
export class ChainSearch implements Task {
  readonly alphabets: Alphabets;
  /** Symbols behind the pairs. */
  private readonly asking: number;

  constructor(private readonly hyperparameters = new ChainSearchHyperparameters()) {
    const { tokens, order, chain } = hyperparameters;
    const names = numerals(tokens);
    const hops = chain === 'ordered' ? numerals(order + 1).slice(1) : [];
    this.asking = chain === 'ordered' ? 2 : 1;
    this.alphabets = { input: [...names, ...hops.map((hop) => `+${hop}`)], output: names, trace: names };
  }

  inputLength(length: number): number {
    const { chain, order } = this.hyperparameters;
    const pairs = Math.max(leastPairs(chain, order), Math.floor((length - this.asking) / 2));
    return 2 * pairs + this.asking;
  }
  sample(rng: Rng, length: number): number[] {
    const { tokens, order, chain, residues } = this.hyperparameters;
    const count = (this.inputLength(length) - this.asking) / 2;
    const most = Math.min(count, this.hyperparameters.pairs);
    const hops = chain === 'ordered' ? 1 + rng.integer(order) : order;
    const steps = new ResidueSteps(rng, tokens, residues);
    const paths = chain === 'double' ? [0, 1].map(() => steps.path(Math.floor((most - 2) / 2))) : [steps.path(most)];
    const pairs = paths.flatMap((path) => path.slice(1).map((token, i) => [path[i]!, token] as const));
    if (chain === 'double')
      for (const path of paths) {
        const inner = path[1 + rng.integer(Math.max(1, path.length - 2))]!;
        pairs.push([steps.before(inner), inner]);
      }
    const again = Array.from({ length: count - pairs.length }, () => rng.choice(pairs));
    const path = rng.choice(paths);
    const start = path[chain === 'double' ? path.length - 1 - order : rng.integer(path.length - hops)]!;
    return [...rng.shuffle([...pairs, ...again]).flat(), start, ...(chain === 'ordered' ? [tokens + hops - 1] : [])];
  }
  solve(input: readonly number[]): number[] {
    return this.trace(input).slice(-1);
  }
  answerLength(): number {
    return 1;
  }
  /** The token after each hop. */
  trace(input: readonly number[]): number[] {
    const { tokens, order, chain } = this.hyperparameters;
    const end = input.length - this.asking;
    if (end < 2 || end % 2 === 1) throw malformed('it is no list of pairs with a token behind it');
    const hops = chain === 'ordered' ? input.at(-1)! - tokens + 1 : order;
    if (hops < 1) throw malformed('it does not say how many hops to go');
    const next = new Map<number, number>();
    for (let place = 0; place < end; place += 2) {
      const [token, following] = [input[place]!, input[place + 1]!];
      if ((next.get(token) ?? following) !== following) throw malformed('two tokens follow one');
      next.set(token, following);
    }
    let token: number | undefined = input[end]!;
    return Array.from({ length: hops }, () => {
      token = next.get(token!);
      if (token === undefined || token >= tokens) throw malformed('the chain ends before the last hop');
      return token;
    });
  }
  traceLength(): number {
    return this.hyperparameters.order;
  }
}

const malformed = (problem: string) =>
  zooError('malformed-input', {
    task: 'chain-search',
    problem,
    form: 'pairs that make chains, and a token with enough hops to go',
  });

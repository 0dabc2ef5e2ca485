import { scoreAnswer } from '../evaluation/score-answer';
import type { Predictor } from '../evaluation/predictor';
import { replayBundleOf } from '../evaluation/replay/bundle-of';
import { replay, type Replay, type Replayed, type ReplayedAttention } from '../evaluation/replay/replay';
import type { NumberMap } from '../report/number-map';
import { answer as rightAnswer } from './answers';
import type { OpenedCell } from './trained';

/** A symbol that is none of the answer's. */
const noSymbol = '?';

/** What a cell answers to an input, beside what is right; `--json` prints it. */
export interface Answered {
  readonly cell: { readonly row: string; readonly column: string; readonly seed: number; readonly key: string };
  readonly input: readonly string[];
  readonly answer: readonly string[];
  readonly right: readonly string[];
  /** Whether all scored symbols are right. */
  readonly isRight: boolean;
  readonly scored: number;
  /** What it wrote before its answer, and what is right there. */
  readonly trace?: readonly string[];
  readonly rightTrace?: readonly string[];
  readonly traceIsRight?: boolean;
  readonly isUnfinished: boolean;
  /** Token by token, where states or attention were asked for. */
  readonly tokens?: readonly LookedAt[];
  /** [layers][heads][queries][keys] */
  readonly attention?: readonly (readonly (readonly (readonly number[])[])[])[];
}

interface LookedAt {
  readonly token: string;
  readonly predicted: string;
  readonly probability: number;
  readonly states?: Readonly<Record<string, readonly number[]>>;
}

/** What is to be seen besides. */
export interface Looks {
  readonly states?: boolean;
  readonly attention?: boolean;
}

/** Asks one cell: the engine for its answers, and its graphs token by token for what is to be seen besides. */
export class Asker {
  private replay: Replay | undefined;

  constructor(
    private readonly opened: OpenedCell,
    private readonly predictor: Predictor,
  ) {}

  /** @throws too-long, malformed-input */
  async ask(input: readonly number[], { states, attention }: Looks = {}): Promise<Answered> {
    const { cell, row, column, job } = this.opened;
    const { task } = cell;
    const { alphabets } = task;
    const right = rightAnswer(task, input); // before the model, which does not know what is no input
    const [given] = await this.predictor.predict([input]);
    const score = scoreAnswer(task, input, given!);
    const seen = states || attention ? this.look(right.symbols.input) : undefined;
    const weights = attention ? seen?.attention() : undefined;
    return {
      cell: { row, column, seed: job.specification.seed, key: job.key },
      input: right.symbols.input,
      answer: given!.answer.map((id) => alphabets.output[id] ?? noSymbol),
      right: right.symbols.output,
      isRight: score.exact === 1,
      scored: right.scored,
      ...(given!.trace && {
        trace: given!.trace.map((id) => alphabets.trace![id] ?? noSymbol),
        rightTrace: right.symbols.trace ?? [],
        traceIsRight: score.trace ?? false,
      }),
      isUnfinished: given!.isUnfinished ?? false,
      ...(seen && {
        tokens: seen.tokens.map(({ states: all, ...token }) => ({
          ...token,
          ...(states && { states: Object.fromEntries(Object.entries(all).map(([name, each]) => [name, [...each]])) }),
        })),
      }),
      ...(weights && { attention: nested(weights) }),
    };
  }

  private look(symbols: readonly string[]): Replayed {
    const { cell, row, column, job } = this.opened;
    if (!this.replay || this.replay.bundle.longest < symbols.length)
      this.replay = replay(replayBundleOf(cell, { row, column, key: job.key }, symbols.length));
    return this.replay.answer(symbols);
  }
}

function nested({ layers, heads, tokens, weights }: ReplayedAttention): number[][][][] {
  const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
  return times(layers, (layer) =>
    times(heads, (head) =>
      times(tokens, (query) => {
        const start = ((layer * heads + head) * tokens + query) * tokens;
        return [...weights.subarray(start, start + tokens)];
      }),
    ),
  );
}

/** What was seen as maps of numbers: a row for each token. */
export function mapsOf({ tokens = [], attention = [] }: Answered): NumberMap[] {
  const names = tokens.map(({ token }) => token);
  const read = tokens.filter(({ states }) => states && Object.keys(states).length > 0);
  const states = Object.keys(read[0]?.states ?? {}).map((name): NumberMap => {
    const values = read.map(({ states: each }) => each![name]!);
    const all = values.flat();
    const ends = all.reduce(([least, most], x) => [Math.min(least!, x), Math.max(most!, x)], [Infinity, -Infinity]);
    const [from, to] = ends as [number, number];
    return { title: `State ${name}`, rows: read.map(({ token }) => token), values, from, to };
  });
  const weights = attention.flatMap((heads, layer) =>
    heads.map((values, head): NumberMap => {
      const title = `Attention, layer ${layer + 1}, head ${head + 1}`;
      return { title, rows: names, columns: names, values, from: 0, to: 1 };
    }),
  );
  return [...states, ...weights];
}

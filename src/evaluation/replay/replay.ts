import { DirectFormat, type Answer, type AnyFormat } from '../../data/format';
import type { Numbers } from '../../engine/interpreter/indices';
import { Interpreter } from '../../engine/interpreter/interpreter';
import { deserialise, floatsOf } from '../../engine/interpreter/serialise';
import { formatOf, replayVersion, type ReplayBundle, type ReplayedGraph, type ReplayedState } from './bundle';

/** What happened at one token. */
export interface ReplayedToken {
  readonly token: string;
  /** The likeliest token behind it, and how likely that is. */
  readonly predicted: string;
  readonly probability: number;
  /**
   * The state behind it, by name; of what grows, what this token wrote there. Empty where there is none.
   */
  readonly states: Readonly<Record<string, Float32Array>>;
}

/** Weights [layers, heads, tokens, tokens]: of a query in each row, those of the keys, which sum to one. */
export interface ReplayedAttention {
  readonly layers: number;
  readonly heads: number;
  readonly tokens: number;
  readonly weights: Float32Array;
}

/** What a cell answered, token by token. */
export interface Replayed {
  /** The whole sequence: the input, what stands behind it, and what the row wrote. */
  readonly tokens: readonly ReplayedToken[];
  /** How many of them were given; the rest is the row's own. */
  readonly given: number;
  /** Symbols by name; "?" for a token that is none of the answer's. */
  readonly answer: readonly string[];
  /** What a row with a chain of thought wrote before its answer. */
  readonly trace?: readonly string[];
  /** No end was written in time. */
  readonly isUnfinished: boolean;
  /** Computed when it is asked for; null where the row has none to look at, or no room for the sequence. */
  attention(): ReplayedAttention | null;
}

/** A cell that can be asked. */
export interface Replay {
  readonly bundle: ReplayBundle;
  /** Symbols by name. @throws RangeError for a symbol that the task does not have, or too many or too few of them */
  answer(symbols: readonly string[]): Replayed;
}

/** A name for what is no symbol of an answer. */
const noSymbol = '?';

/** Makes a cell of its bundle. Pure TypeScript: it runs in a browser as it is. */
export function replay(bundle: ReplayBundle): Replay {
  if (bundle.version !== replayVersion)
    throw new RangeError(`This is a replay of version ${String(bundle.version)}, not ${replayVersion}`);
  const parameters = bundle.parameters.map(({ base64 }) => floatsOf(base64));
  const format = formatOf(bundle.task);
  const reader = bundle.step ? new StepReader(bundle, parameters) : new WholeReader(bundle.whole!, parameters);
  const attention = bundle.attention && new Sequence(bundle.attention, parameters);
  return {
    bundle,
    answer: (symbols) => {
      const input = idsOf(symbols, bundle);
      const given = format.prompt(input);
      const read = format instanceof DirectFormat ? reader.read(given) : written(format, reader, input.length, given);
      const found = decoded(format, input, given.length, read);
      const { tokens: names } = format.vocabulary;
      const { alphabets } = bundle.task;
      return {
        tokens: read.map(({ token, logits, states }) => ({
          token: names[token]!,
          ...likeliest(logits, names),
          states,
        })),
        given: given.length,
        answer: found.answer.map((id) => alphabets.output[id] ?? noSymbol),
        ...(found.trace && { trace: found.trace.map((id) => alphabets.trace![id] ?? noSymbol) }),
        isUnfinished: found.isUnfinished ?? false,
        attention: () => attention?.weights(read.map(({ token }) => token)) ?? null,
      };
    },
  };
}

function idsOf(symbols: readonly string[], { task, longest }: ReplayBundle): number[] {
  if (symbols.length < 1 || symbols.length > longest)
    throw new RangeError(`An input has 1 to ${longest} symbols, and this one has ${symbols.length}`);
  return symbols.map((symbol) => {
    const id = task.alphabets.input.indexOf(symbol);
    if (id < 0) throw new RangeError(`"${symbol}" is none of the symbols ${task.alphabets.input.join(' ')}`);
    return id;
  });
}

/** A token with what the model made of it. */
interface Read {
  readonly token: number;
  readonly logits: Float32Array;
  readonly states: Readonly<Record<string, Float32Array>>;
}

interface Reader {
  /** From the first token on. */
  read(tokens: readonly number[]): Read[];
  /** The next one. */
  next(token: number): Read;
}

/** Greedy decoding: the prompt, then its own tokens up to the end or as many as the longest sequence has room for. */
function written(format: AnyFormat, reader: Reader, inputLength: number, prompt: readonly number[]): Read[] {
  const end = format.vocabulary.special('<end>');
  const read = reader.read(prompt);
  const most = format.maximumTokens(inputLength);
  for (let token = best(read.at(-1)!.logits); read.length < most; token = best(read.at(-1)!.logits)) {
    if (token === end || read.length === most - 1) {
      // The last token is not read back: it ends the sequence.
      read.push({ token, logits: new Float32Array(0), states: {} });
      break;
    }
    read.push(reader.next(token));
  }
  return read;
}

function decoded(format: AnyFormat, input: readonly number[], given: number, read: readonly Read[]): Answer {
  if (format instanceof DirectFormat)
    return format.decode(
      input,
      read.map(({ logits }) => best(logits)),
    );
  return format.decode(read.slice(given).map(({ token }) => token));
}

/** The first of the largest. */
function best(logits: Float32Array): number {
  let found = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[found]!) found = i;
  return found;
}

function likeliest(logits: Float32Array, names: readonly string[]): Pick<ReplayedToken, 'predicted' | 'probability'> {
  if (logits.length === 0) return { predicted: '', probability: 1 };
  const at = best(logits);
  // softmax: 1 / sum(exp(x - max))
  const probability = 1 / logits.reduce((sum, x) => sum + Math.exp(x - logits[at]!), 0);
  return { predicted: names[at]!, probability };
}

const one = (number: number): Int32Array => Int32Array.of(number);

/** Reads token by token, with a state. */
class StepReader implements Reader {
  private readonly interpreter: Interpreter;
  private readonly parts: readonly ReplayedState[];
  private state: Numbers[] = [];
  private position = 0;

  constructor({ step }: ReplayBundle, parameters: readonly Float32Array[]) {
    const { graph, state } = step!;
    this.parts = state;
    this.interpreter = new Interpreter(deserialise(graph), parameters, 2);
  }

  read(tokens: readonly number[]): Read[] {
    this.position = 0;
    this.state = this.parts.map(initialOf);
    return tokens.map((token) => this.next(token));
  }
  next(token: number): Read {
    const [logits, ...state] = this.interpreter.run([
      one(token),
      one(this.position),
      ...(this.state as Float32Array[]),
    ]);
    const shown = this.parts.flatMap((part, i) =>
      part.isRewritten ? [] : [[part.name, ofToken(part, state[i]!, this.position)]],
    );
    this.state = state;
    this.position++;
    return { token, logits: logits as Float32Array, states: Object.fromEntries(shown) as Read['states'] };
  }
}

function initialOf({ shape, initial }: ReplayedState): Float32Array {
  if ('base64' in initial) return floatsOf(initial.base64);
  return new Float32Array(shape.reduce((size, extent) => size * extent, 1)).fill(Number(initial.fill));
}

/** The whole tensor, or of one that has something of every token the part of the one at `position`. */
function ofToken({ shape, axis }: ReplayedState, values: Numbers, position: number): Float32Array {
  if (axis === undefined) return Float32Array.from(values);
  const inner = shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const isOf = (i: number) => Math.floor(i / inner) % shape[axis]! === position;
  return Float32Array.from(values).filter((_, i) => isOf(i));
}

/** A graph over whole sequences. */
class Sequence {
  private readonly interpreter: Interpreter;
  private readonly shape: readonly number[];
  readonly time: number;

  constructor({ graph, time }: ReplayedGraph, parameters: readonly Float32Array[]) {
    const whole = deserialise(graph);
    this.shape = whole.outputs[0]!.shape;
    this.time = time;
    this.interpreter = new Interpreter(whole, parameters, 1);
  }

  /** Tokens, padded behind with token 0. */
  run(tokens: readonly number[]): Float32Array {
    const padded = Int32Array.from({ length: this.time }, (_, at) => tokens[at] ?? 0);
    return this.interpreter.run([padded])[0] as Float32Array;
  }

  /** Of the output [1, layers, heads, time, time]; null where there are more tokens than it takes. */
  weights(tokens: readonly number[]): ReplayedAttention | null {
    const count = tokens.length;
    if (count > this.time) return null;
    const [, layers, heads] = this.shape as [number, number, number];
    const all = this.run(tokens);
    const weights = new Float32Array(layers * heads * count * count);
    for (let i = 0; i < layers * heads * count; i++) {
      const start = (Math.floor(i / count) * this.time + (i % count)) * this.time;
      weights.set(all.subarray(start, start + count), i * count);
    }
    return { layers, heads, tokens: count, weights };
  }
}

/** Reads all tokens at once, where there is no other way; there is no state to show. */
class WholeReader implements Reader {
  private readonly sequence: Sequence;

  constructor(whole: ReplayedGraph, parameters: readonly Float32Array[]) {
    this.sequence = new Sequence(whole, parameters);
  }

  read(tokens: readonly number[]): Read[] {
    const logits = this.sequence.run(tokens);
    const size = logits.length / this.sequence.time;
    return tokens.map((token, at) => ({ token, logits: logits.slice(at * size, (at + 1) * size), states: {} }));
  }
  next(): Read {
    throw new RangeError('A row without a recurrent form writes no tokens of its own');
  }
}

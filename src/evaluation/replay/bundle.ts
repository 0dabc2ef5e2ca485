import type { AnswerMode } from '../../core/contracts/architecture';
import type { Alphabets, Task } from '../../core/contracts/task';
import { createFormat, type AnyFormat } from '../../data/format';
import type { SerialisedGraph } from '../../engine/interpreter/serialise';

/** Raised when bundles are to be read in another way. */
export const replayVersion = 1;

/** What makes sequences of inputs: as much of a task as its format asks for. */
export interface ReplayedTask {
  readonly alphabets: Alphabets;
  readonly mode: AnswerMode;
  readonly computationSteps: number;
  /** Symbols of the answer to an input of 0, 1, 2, ... symbols, as far as inputs are answered. */
  readonly answerLengths: readonly number[];
  /** The same for what is written before it, where something is. */
  readonly traceLengths?: readonly number[];
}

/** A tensor of a state. */
export interface ReplayedState {
  readonly name: string;
  /** Of one sequence: [1, ...]. */
  readonly shape: readonly number[];
  /** Before the first token: one number everywhere, or base64. */
  readonly initial: { readonly fill: number | string } | { readonly base64: string };
  /** The axis on which it holds something of every token, where it does: a token is shown what it wrote there. */
  readonly axis?: number;
  /** It grows and is rewritten as a whole: there is nothing of one token to show. */
  readonly isRewritten?: boolean;
}

/** A graph over whole sequences, which are padded to `time` tokens. */
export interface ReplayedGraph {
  readonly graph: SerialisedGraph;
  readonly time: number;
}

/**
 * A trained cell as data, all that is needed to ask it: in a browser, too (`replay.ts`). Parameters are the inputs of every
 * graph behind the tokens (and the position), in this order.
 */
export interface ReplayBundle {
  readonly version: typeof replayVersion;
  readonly row: string;
  readonly column: string;
  readonly key: string;
  readonly seed: number;
  readonly task: ReplayedTask;
  /** Most symbols that an input may have. */
  readonly longest: number;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[]; readonly base64: string }[];
  /** token [1] int32, position int32, parameters, state -> logits [1, vocabulary], state; absent without a recurrent form. */
  readonly step?: { readonly graph: SerialisedGraph; readonly state: readonly ReplayedState[] };
  /** tokens [1, time] int32, parameters -> logits [1, time, vocabulary]; where there is no step. */
  readonly whole?: ReplayedGraph;
  /** tokens [1, time] int32, parameters -> weights [1, layers, heads, time, time]; where there is attention. */
  readonly attention?: ReplayedGraph;
  /** Inputs to try, by name, with their right answers. */
  readonly examples: readonly { readonly input: readonly string[]; readonly output: readonly string[] }[];
}

/** The format of the sequences of a bundle: that of its task, without the task. */
export function formatOf({ alphabets, mode, computationSteps, answerLengths, traceLengths }: ReplayedTask): AnyFormat {
  const known = {
    alphabets,
    answerLength: (length: number) => answerLengths[length]!,
    ...(traceLengths && { traceLength: (length: number) => traceLengths[length]! }),
  };
  return createFormat(known as unknown as Task, mode, { computationSteps });
}

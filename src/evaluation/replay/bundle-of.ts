import { createRng } from '../../core/random';
import { scoredAnswer } from '../../core/scored-answer';
import { evaluatedLengths } from '../../data/lengths';
import { Split } from '../../data/split';
import { base64Of, serialise } from '../../engine/interpreter/serialise';
import { attentionForm, stepForm, wholeForm, type StatePart } from '../../model/forms/forms';
import { longestEvaluated } from '../external-memory';
import type { TrainedCell } from '../trained-cell';
import { replayVersion, type ReplayBundle, type ReplayedState } from './bundle';

/** Tokens for which a state that grows has room: a step looks at all of it. */
const mostRoom = 512;
/** Tokens of a graph over whole sequences, whose attention grows with their square. */
const mostTime = 128;

/** How the cell is called. */
export interface ReplayedName {
  readonly row: string;
  readonly column: string;
  readonly key: string;
}

/**
 * A trained cell as data; equal cells give equal bundles. It takes inputs as long as those that the cell was tested on, or
 * fewer where that would take much memory; or of up to `most` symbols.
 */
export function replayBundleOf(cell: TrainedCell, { row, column, key }: ReplayedName, most?: number): ReplayBundle {
  const { specification, task, format, model } = cell;
  const { protocol, seed, mode } = specification;
  const asked = most ?? longestEvaluated(task, protocol);
  const fits = (length: number, tokens: number) => format.maximumTokens(length) <= tokens;
  const within = (tokens: number) =>
    Array.from({ length: asked }, (_, i) => asked - i).find((n) => fits(n, tokens)) ?? 1;
  const batch = 1;
  const room = most ?? within(model.step ? mostRoom : mostTime);
  const step = stepForm(model, { batch, time: format.maximumTokens(room) });
  const longest = step && step.room === null ? asked : room;
  const time = format.maximumTokens(most ?? Math.min(longest, within(mostTime)));
  const attention = attentionForm(model, { batch, time });
  const lengths = Array.from({ length: longest + 1 }, (_, length) => length);
  return {
    version: replayVersion,
    row,
    column,
    key,
    seed,
    task: {
      alphabets: task.alphabets,
      mode: mode as ReplayBundle['task']['mode'],
      computationSteps: protocol.computationSteps ?? 0,
      answerLengths: lengths.map((length) => (length ? task.answerLength(length) : 0)),
      ...(mode !== 'direct' && { traceLengths: lengths.map((length) => (length ? task.traceLength!(length) : 0)) }),
    },
    longest,
    parameters: cell.layout
      .arrays(cell.parameters)
      .map(({ name, shape, values }) => ({ name, shape, base64: base64Of(values) })),
    ...(step
      ? { step: { graph: serialise(step.graph), state: step.state.map(replayed) } }
      : { whole: { graph: serialise(wholeForm(model, { batch, time }).graph), time } }),
    ...(attention && { attention: { graph: serialise(attention.graph), time } }),
    examples: examplesOf(cell, longest),
  };
}

function replayed({ name, shape, initial, grows }: StatePart): ReplayedState {
  const first = initial[0] ?? 0;
  const isOneNumber = initial.every((number) => Object.is(number, first));
  return {
    name,
    shape,
    initial: isOneNumber ? { fill: Number.isFinite(first) ? first : String(first) } : { base64: base64Of(initial) },
    ...(grows && (grows.how === 'rewritten' ? { isRewritten: true } : { axis: grows.axis })),
  };
}

/** A few inputs of every range that the cell was tested on. */
function examplesOf({ task, specification }: TrainedCell, longest: number): ReplayBundle['examples'] {
  const { protocol, task: choice } = specification;
  const split = new Split(task, protocol.trainingLengths.maximum);
  const rng = createRng('replay').split(choice.id);
  const chosen = Object.values(evaluatedLengths(task, protocol)).flatMap(({ lengths }) => {
    const some = [lengths[Math.floor(lengths.length / 2)], lengths.at(-1)];
    return some.filter((length): length is number => length !== undefined && length <= longest);
  });
  return [...new Set(chosen)].map((length) => {
    const input = split.draw('test', rng.split(length), length);
    const { alphabets } = task;
    return {
      input: input.map((id) => alphabets.input[id]!),
      output: scoredAnswer(task, input).map((id) => alphabets.output[id]!),
    };
  });
}

import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { recentOf, settled } from '../../../architectures/layers/growing-state';
import type { Parameters, SequenceModel, State } from '../../core/contracts/architecture';
import type { TensorSpecification } from '../../core/contracts/engine';
import { Interpreter } from '../../engine/interpreter/interpreter';
import type { Graph } from '../../engine/ir/graph';
import { capture, noEngine } from '../../engine/trace/capture';
import { growingAxis } from '../generate/cache';
import { growthOf, initialShapes, tracedStep, type Growth } from '../traced-state';

/** A model as one graph whose inputs and outputs have names; parameters are inputs under their own names. */
export interface Form {
  readonly graph: Graph;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A tensor of the state of a step form. */
export interface StatePart {
  readonly name: string;
  /** [batch, ...], with room for `room` tokens where it grows. */
  readonly shape: readonly number[];
  /** Before the first token. */
  readonly initial: Float32Array;
  /** How a step leaves it, and the axis of its tokens, where it grows. */
  readonly grows?: { readonly how: Growth; readonly axis: number };
}

/** One token at a time: (token, position, parameters, state) -> (logits, state), every state in the shape it had. */
export interface StepForm extends Form {
  readonly state: readonly StatePart[];
  /** Tokens that it can read where its state grows; null where it does not, and can read any number. */
  readonly room: number | null;
}

export interface FormSize {
  /** Sequences at a time. */
  readonly batch: number;
  /** Tokens of each. */
  readonly time: number;
}

const int = (shape: readonly number[]): TensorSpecification => ({ shape, dtype: 'int32' });
const float = (shape: readonly number[]): TensorSpecification => ({ shape, dtype: 'float32' });

/** Name of the logits among outputs. */
export const logitsName = 'logits';
/** Inputs of a step that hold the state, and outputs that hold the next one. */
export const stateName = (name: string): string => `state.${name}`;
export const nextStateName = (name: string): string => `next_state.${name}`;

const named = (names: readonly string[], tensors: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));

/** tokens [batch, time], parameters -> what `compute` makes of them. */
function overSequence(
  model: SequenceModel,
  { batch, time }: FormSize,
  output: string,
  compute: (parameters: Parameters, tokens: Tensor) => Tensor,
): Form {
  const names = model.parameters.map(({ name }) => name);
  const signature = [int([batch, time]), ...model.parameters.map(({ shape }) => float(shape))];
  const program = (tokens: Tensor, ...values: Tensor[]) => [compute(named(names, values), tokens)];
  const graph = capture(program as never, signature, output, noEngine);
  return { graph, inputs: ['tokens', ...names], outputs: [output] };
}

/** The parallel form: tokens [batch, time] int32, parameters -> logits [batch, time, vocabulary] */
export const wholeForm = (model: SequenceModel, size: FormSize): Form =>
  overSequence(model, size, logitsName, (parameters, tokens) => model.forward(parameters, tokens));

/** tokens [batch, time] int32, parameters -> weights [batch, layers, heads, time, time]; undefined without attention. */
export const attentionForm = (model: SequenceModel, size: FormSize): Form | undefined =>
  model.attention &&
  overSequence(model, size, 'attention', (parameters, tokens) => model.attention!(parameters, tokens));

/** What a step appended beside a part of its state, put at the end of it: from there `settled` takes it to its place. */
const joined = (state: State, { name, grows }: StatePart): Tensor => {
  const recent = grows?.how === 'appended' ? recentOf(state, name) : undefined;
  return recent ? tf.concat([state[name]!, recent], grows!.axis) : state[name]!;
};

/**
 * The recurrent form, in which any causal model can be driven without knowing it: token [batch] int32, position scalar int32,
 * parameters, state -> logits [batch, vocabulary], next state. What grows has room for `time` tokens. Undefined for models that
 * only have the parallel form.
 */
export function stepForm(model: SequenceModel, { batch, time }: FormSize): StepForm | undefined {
  if (!model.step) return undefined;
  const state = stateParts(model, { batch, time });
  const names = model.parameters.map(({ name }) => name);
  const stateNames = state.map(({ name }) => name);
  const program = (token: Tensor, position: Tensor, ...values: Tensor[]) => {
    const before = named(stateNames, values.slice(names.length));
    const next = model.step!(named(names, values), before, token, position);
    const after = Object.fromEntries(state.map((part) => [part.name, joined(next.state, part)]));
    const placed = settled(before, after, position);
    return [next.logits, ...stateNames.map((name) => placed[name]!)];
  };
  const signature = [
    int([batch]),
    int([]),
    ...model.parameters.map(({ shape }) => float(shape)),
    ...state.map(({ shape }) => float(shape)),
  ];
  return {
    graph: capture(program as never, signature, 'step', noEngine),
    inputs: ['token', 'position', ...names, ...stateNames.map(stateName)],
    outputs: [logitsName, ...stateNames.map(nextStateName)],
    state,
    room: state.some(({ grows }) => grows) ? time : null,
  };
}

/** By name. */
function stateParts(model: SequenceModel, { batch, time }: FormSize): StatePart[] {
  const [shapes, larger] = [initialShapes(model, batch, time), initialShapes(model, batch, time + 1)];
  const growth = growthOf(model, tracedStep(model, 1, time), time);
  const names = Object.keys(shapes).sort();
  const initial = capture(
    () => {
      const state = model.initialState!(batch, time);
      return names.map((name) => state[name]!);
    },
    [],
    'initial state',
    noEngine,
  );
  const values = new Interpreter(initial).run([]) as Float32Array[];
  return names.map((name, i) => {
    const how = growth[name];
    const axis = growingAxis(shapes[name]!, larger[name]!);
    return {
      name,
      shape: shapes[name]!,
      initial: values[i]!,
      ...(how && axis !== undefined && { grows: { how, axis } }),
    };
  });
}

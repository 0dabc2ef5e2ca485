import { zooError } from '../../core/errors';
import type { HostArray } from '../../engine/ir/graph';
import { base64Of } from '../../engine/interpreter/serialise';
import { encodeModel } from '../../engine/onnx/encode';
import { inStandardOperators } from '../../engine/onnx/standard';
import { simplify } from '../../engine/passes/simplify';
import { stepForm, wholeForm, type Form, type FormSize, type StepForm } from '../../model/forms/forms';
import type { TrainedCell } from '../trained-cell';

/** A whole sequence at once, or one token with the state before it. */
export const onnxForms = ['whole', 'step'] as const;
export type OnnxForm = (typeof onnxForms)[number];

export interface OnnxFileOptions extends FormSize {
  readonly form: OnnxForm;
  /** What the file says of itself besides. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The form of a cell. @throws no-such-form for one token at a time of a row that only reads whole sequences */
export function formOf({ model, specification }: TrainedCell, form: OnnxForm, size: FormSize): Form | StepForm {
  if (form === 'whole') return wholeForm(model, size);
  const step = stepForm(model, size);
  if (step) return step;
  const reason = 'it reads whole sequences, and a later token may change what it says of an earlier one';
  throw zooError('no-such-form', { row: specification.architecture.id, asked: 'one-step form', reason });
}

/**
 * A trained cell as an ONNX model in operators of the standard alone, its weights as initializers under their own names:
 *
 *     whole  tokens [batch, time] int32 -> logits [batch, time, vocabulary]
 *     step   token [batch] int32, position int32, state.* -> logits [batch, vocabulary], next_state.*
 *
 * @throws no-such-form
 */
export function onnxFile(cell: TrainedCell, { form, batch, time, metadata }: OnnxFileOptions): Uint8Array {
  const made = formOf(cell, form, { batch, time });
  const { graph, inputs, outputs } = made;
  const weights = new Map<string, HostArray>(
    cell.layout.arrays(cell.parameters).map(({ name, values }) => [name, values]),
  );
  const { tokens } = cell.format.vocabulary;
  const own = { form, tokens: JSON.stringify(tokens), batch: String(batch) };
  const sizes = 'state' in made ? ofState(made) : { time: String(time) };
  return encodeModel(inStandardOperators(simplify(graph)), {
    inputs,
    outputs,
    weights,
    metadata: { ...metadata, ...own, ...sizes },
  });
}

/** How a loop over steps begins, and how far it may go. */
function ofState({ state, room }: StepForm): Record<string, string> {
  const initial = state.map(({ name, initial: values }) => {
    const isOneNumber = values.every((number) => Object.is(number, values[0]));
    if (!isOneNumber) return [name, { base64: base64Of(values) }] as const;
    const [first = 0] = values;
    return [name, Number.isFinite(first) ? first : String(first)] as const; // JSON has no infinities
  });
  return {
    initial_state: JSON.stringify(Object.fromEntries(initial)),
    ...(room !== null && { room: String(room) }),
  };
}

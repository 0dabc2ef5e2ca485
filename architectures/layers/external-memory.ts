import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Parameters, State } from '../../registry';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import type { RecurrenceParts } from './recurrence';

/** A structure outside a recurrent network, which acts on it softly and sees one cell of it. */
export interface ExternalMemory {
  /** Extent of what is read. */
  readonly width: number;
  initialState(batch: number): State;
  /** [batch, width] */
  read(state: State): Tensor2D;
  /** The state after the controller acted: hidden [batch, hiddenSize], and [batch, 1] whatever else the model tells it. */
  write(parameters: Parameters, state: State, hidden: Tensor2D, signal?: Tensor2D): State;
}

/**
 * A recurrent network with a memory (Deletang et al. 2023, appendix A): what the memory showed after the last token
 * joins the input of the controller, and the new output of the controller acts on the memory.
 * `gateWidth` is the extent of the controller's inputs.
 */
export function withMemory(
  scope: ParameterScope,
  controller: RecurrenceParts,
  gateWidth: number,
  memory: ExternalMemory,
): RecurrenceParts {
  const fromMemory = linear(scope.child('fromMemory'), memory.width, gateWidth, { bias: false });
  return {
    inputs: controller.inputs,
    initialState: (batch) => ({
      ...prefixed('controller.', controller.initialState(batch)),
      ...prefixed('memory.', memory.initialState(batch)),
    }),
    update: (parameters, state, [fromX, signal]) => {
      const [own, kept] = [part('controller.', state), part('memory.', state)];
      const input = tf.add(fromX!, fromMemory(parameters, memory.read(kept)));
      const next = controller.update(parameters, own, [input]);
      const written = memory.write(parameters, kept, next.output as Tensor2D, signal as Tensor2D | undefined);
      return {
        state: { ...prefixed('controller.', next.state), ...prefixed('memory.', written) },
        output: next.output,
      };
    },
  };
}

const prefixed = (prefix: string, state: State): State =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [prefix + name, tensor]));
const part = (prefix: string, state: State): State =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );

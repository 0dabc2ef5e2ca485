import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Nested, type ExternalMemorySize, type Parameters, type SequenceModel, type State } from '../../registry';
import { RecurrentHyperparameters } from './hyperparameters';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import type { RecurrenceParts } from './recurrence';

/** Numbers of cells, as hyperparameters. */
export class MemorySize implements ExternalMemorySize {
  @IsInt() @Min(2) @Max(65_536) training = 128;
  /** Where it is absent, the longest evaluated input fits in. */
  @IsOptional() @IsInt() @Min(2) @Max(65_536) evaluation?: number;
}

/** Of recurrent networks with an external memory of fixed size. */
export class MemoryHyperparameters extends RecurrentHyperparameters {
  /** One layer: the memory belongs to it. */
  @IsInt() @Min(1) @Max(1) declare layers: number;
  @Nested(() => MemorySize) memory = new MemorySize();
}

/** A model that can be given a memory of another size than the one it is trained with. */
export const withExternalMemory = (size: MemorySize, build: (cells: number) => SequenceModel): SequenceModel => ({
  ...build(size.training),
  externalMemory: { size, withCells: build },
});

/** A differentiable data structure beside a recurrent network (its controller), which reads one cell of it. */
export interface ExternalMemory {
  /** Numbers in the cell that is read. */
  readonly width: number;
  initialState(batch: number): State;
  /** [batch, width] */
  read(state: State): Tensor;
  /** The state after the controller's action: its output [batch, hiddenSize], and a signal [batch, 1] from the model, if any. */
  write(parameters: Parameters, state: State, hidden: Tensor, signal?: Tensor): State;
}

/**
 * A memory-augmented recurrent network (Deletang et al. 2023, appendix A). The cell read after the last token is added to
 * the input of the controller, and the new output of the controller acts on the memory. `gateWidth` is the width of the
 * controller's inputs.
 */
export function memoryAugmented<Carried extends State>(
  scope: ParameterScope,
  controller: RecurrenceParts<[Tensor], Carried>,
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
      const next = controller.update(parameters, own as Carried, [input]);
      const written = memory.write(parameters, kept, next.output, signal);
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

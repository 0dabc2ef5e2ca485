import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** One gradient for every input, of the input's shape. */
type GradientsOf<Inputs extends Tensor[]> = { readonly [I in keyof Inputs]: Tensor };

/**
 * A function with a gradient of its own, cheaper than the automatic one. `forward` names what the gradient needs of
 * it; anything else it computed is gone by then.
 */
export function withGradient<
  Inputs extends Tensor[],
  Output extends Tensor,
  Kept extends Readonly<Record<string, Tensor>>,
>(
  forward: (...inputs: Inputs) => { readonly value: Output; readonly kept: Kept },
  backward: (gradient: Output, kept: Kept) => GradientsOf<Inputs>,
): (...inputs: Inputs) => Output {
  return tf.customGrad((...inputsAndSave) => {
    const save = inputsAndSave.pop() as tf.GradSaveFunc;
    const { value, kept } = forward(...(inputsAndSave as Inputs));
    const names = Object.keys(kept);
    save(Object.values(kept));
    const named = (saved: Tensor[]) => Object.fromEntries(saved.map((tensor, i) => [names[i], tensor])) as Kept;
    return { value, gradFunc: (gradient, saved) => [...backward(gradient as Output, named(saved))] };
  }) as (...inputs: Inputs) => Output;
}

import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * A function with a gradient of its own, cheaper than the automatic one. `forward` names what the gradient needs of
 * it; anything else it computed is gone by then. `backward` gives one gradient for every input, of the input's shape.
 */
export function withGradient<Inputs extends Tensor[], Kept extends Readonly<Record<string, Tensor>>>(
  forward: (...inputs: Inputs) => { readonly value: Tensor; readonly kept: Kept },
  backward: (gradient: Tensor, kept: Kept) => { readonly [I in keyof Inputs]: Tensor },
): (...inputs: Inputs) => Tensor {
  return tf.customGrad((...inputsAndSave) => {
    const save = inputsAndSave.pop() as tf.GradSaveFunc;
    const { value, kept } = forward(...(inputsAndSave as Inputs));
    const names = Object.keys(kept);
    save(Object.values(kept));
    const named = (saved: Tensor[]) => Object.fromEntries(saved.map((tensor, i) => [names[i], tensor])) as Kept;
    return { value, gradFunc: (gradient: Tensor, saved: Tensor[]) => [...backward(gradient, named(saved))] };
  });
}

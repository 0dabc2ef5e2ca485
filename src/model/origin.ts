import { codeStamp } from '../core/code-stamp';
import type { SequenceModel } from '../core/contracts/architecture';

const origins = new WeakMap<SequenceModel, string>();

/**
 * Says all that a model was made of, besides the code of the zoo: of models with equal origins every program computes the same.
 * A model of which somebody else changed something is another object, and has none.
 */
export function noteOrigin(model: SequenceModel, madeOf: object): void {
  const code = codeStamp();
  if (code !== undefined) origins.set(model, JSON.stringify([code, madeOf]));
}

/** The same of a model that was made of another. */
export function noteChange(model: SequenceModel, from: SequenceModel, change: object): void {
  const origin = origins.get(from);
  if (origin !== undefined) origins.set(model, JSON.stringify([origin, change]));
}

/** The same of a program of a model: its name and its settings. Undefined where that is not known of the model. */
export function programOrigin(model: SequenceModel, name: string, settings: object): string | undefined {
  const origin = origins.get(model);
  return origin && JSON.stringify([origin, name, settings]);
}

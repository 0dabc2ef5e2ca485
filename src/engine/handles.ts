import type { EngineName, Handle, TensorSpecification } from '../core/contracts/engine';
import { zooError } from '../core/errors';
import { sameShape } from './ir/graph';

interface Typed {
  readonly shape: readonly number[];
  readonly dtype: string;
}

export const specificationOf = ({ shape, dtype }: Typed): TensorSpecification => ({
  shape: [...shape],
  dtype: dtype as TensorSpecification['dtype'],
});

const described = ({ shape, dtype }: Typed): string => `${dtype}[${shape.join()}]`;

/** Checks that handles belong to the engine and are what the program was compiled for. Error: `wrong-input`. */
export function checkInputs<H extends Handle>(
  handleClass: abstract new (...parts: never[]) => H,
  engine: EngineName,
  handles: readonly Handle[],
  signature: readonly TensorSpecification[],
  label: string,
): asserts handles is readonly H[] {
  const wrong = (problem: string) => zooError('wrong-input', { label, problem });
  if (handles.length !== signature.length)
    throw wrong(`it takes ${signature.length} inputs and was given ${handles.length}`);
  signature.forEach((expected, i) => {
    const given = handles[i]!;
    if (!(given instanceof handleClass))
      throw wrong(`input ${i} belongs to the engine ${given.engine}, not to ${engine}`);
    if (given.dtype !== expected.dtype || !sameShape(given.shape, expected.shape)) {
      throw wrong(`input ${i} must be ${described(expected)} and is ${described(given)}`);
    }
  });
}

import fc from 'fast-check';
import { unaryLowerings } from '../../../../src/engine/trace/lowerings/unary';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { anyFloats, elements, floats, shapesWithEmpty, tensor, type Type } from '../../support/tensors';

interface Choice {
  readonly types?: readonly Type[];
  readonly floats?: fc.Arbitrary<number>;
  readonly attributes?: fc.Arbitrary<object>;
  readonly tolerance?: number;
}

const argument = ({
  types = ['float32', 'int32'],
  floats: element = floats(),
  attributes = fc.constant({}),
  tolerance,
}: Choice = {}): KernelCase => ({
  calls: fc.tuple(shapesWithEmpty(0), fc.constantFrom(...types), attributes).chain(([shape, dtype, attrs]) =>
    tensor(shape, dtype, dtype === 'float32' ? element : elements(dtype)).map((x) => ({
      inputs: { x },
      attributes: attrs,
    })),
  ),
  ...(tolerance ? { tolerance } : {}),
});

const anything = argument({ floats: anyFloats() });
const real = (minimum: number, maximum: number, tolerance?: number) =>
  argument({ types: ['float32'], floats: floats(minimum, maximum), ...(tolerance ? { tolerance } : {}) });
/** Many magnitudes on both sides of 0: where 1 + x loses what x says. */
const magnitudes = fc.oneof(
  floats(-0.99, 4),
  fc.integer({ min: -20, max: -1 }).map((exponent) => 2 ** exponent),
  fc.constantFrom(1000, -1e-5),
);

testLowerings(unaryLowerings, {
  Abs: anything,
  Acos: real(-0.99, 0.99),
  Acosh: real(1.1, 9),
  Asin: real(-0.99, 0.99),
  Asinh: argument(),
  Atan: argument(),
  Atanh: real(-0.95, 0.95, 1e-5),
  Ceil: anything,
  ClipByValue: argument({
    attributes: fc.constantFrom({ clipValueMin: -1, clipValueMax: 2 }, { clipValueMin: 0, clipValueMax: 0 }),
  }),
  Cos: argument(),
  Cosh: argument(),
  Elu: real(-4, 4),
  EluGrad: {
    calls: shapesWithEmpty(0).chain((shape) =>
      fc.record({ dy: tensor(shape), y: tensor(shape, 'float32', floats(-1, 4)) }).map((inputs) => ({ inputs })),
    ),
  },
  Erf: real(-4, 4),
  Exp: anything,
  Expm1: argument({ floats: fc.oneof(magnitudes, fc.constantFrom(-1000)) }),
  Floor: anything,
  IsFinite: anything,
  IsInf: anything,
  IsNan: anything,
  LeakyRelu: argument({ attributes: fc.constantFrom({ alpha: 0.2 }, { alpha: 0 }) }),
  Log: argument({ types: ['float32'], floats: floats(0.01, 9) }),
  Log1p: argument({ types: ['float32'], floats: fc.oneof(magnitudes, fc.constantFrom(-1, -2)) }),
  Neg: anything,
  Reciprocal: real(0.1, 4),
  Relu: anything,
  Relu6: argument({ floats: floats(-4, 9) }),
  Round: anything,
  Rsqrt: real(0.1, 9),
  Selu: real(-4, 4),
  Sigmoid: argument(),
  Sign: argument(),
  Sin: argument(),
  Sinh: real(-4, 4),
  Softplus: real(-30, 30),
  Sqrt: argument({ types: ['float32'], floats: anyFloats() }),
  Square: argument({ types: ['float32', 'int32'] }),
  Step: argument({
    floats: anyFloats().filter((number) => !Number.isNaN(number)),
    attributes: fc.constantFrom({ alpha: 0 }, { alpha: -1 }, { alpha: 2 }),
  }),
  Tan: real(-1.4, 1.4, 1e-5),
  Tanh: real(-9, 9),
});

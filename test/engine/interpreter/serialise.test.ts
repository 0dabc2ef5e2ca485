import fc from 'fast-check';
import { Interpreter } from '../../../src/engine/interpreter/interpreter';
import { base64Of, deserialise, floatsOf, serialise } from '../../../src/engine/interpreter/serialise';
import { Operators } from '../../../src/engine/ir/operators';

it('brings every float back, whatever it is', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 20_000 }), (numbers) => {
      expect(floatsOf(base64Of(numbers))).toEqual(numbers);
    }),
    { numRuns: 50 },
  );
});

it('brings constants of every type back, and numbers that JSON does not have', () => {
  const g = new Operators();
  const fills = [NaN, -0, Infinity, -Infinity, 0.5].map((number) => g.fill(number, [2]));
  const data = [
    g.constant(Int32Array.of(1, -2), [2], 'int32'),
    g.constant(Uint8Array.of(1, 0), [2], 'bool'),
    g.indices([3, -4]),
    g.constant(Float32Array.of(0.1, -0), [2], 'float32'),
  ];
  const back = deserialise(JSON.parse(JSON.stringify(serialise(g.finish([...fills, ...data], 'constants')))));
  expect(back.outputs.map(({ source }) => source)).toEqual([...fills, ...data].map(({ source }) => source));
});

it('keeps inputs that are left out, attributes and the domain of an operator', () => {
  const g = new Operators();
  const x = g.input({ shape: [2, 3], dtype: 'float32' });
  const attributes = { axis: 1, epsilon: { float: 1e-5 } };
  const [y] = g.node('LayerNormalization', [x, g.fill(1, [3]), null], [x], attributes);
  const graph = g.finish([g.matrixProduct(y!, x, false, true)], 'test');
  const back = deserialise(JSON.parse(JSON.stringify(serialise(graph))));
  expect(back.nodes.map(({ operator, domain, attributes: own }) => [operator, domain, own])).toEqual([
    ['LayerNormalization', '', attributes],
    ['FusedMatMul', 'com.microsoft', { transA: 0, transB: 1 }],
  ]);
  expect(back.nodes[0]!.inputs[2]).toBeNull();
  const numbers = Float32Array.of(1, 2, 3, 4, 6, 5);
  expect(new Interpreter(back).run([numbers])).toEqual(new Interpreter(graph).run([numbers]));
});

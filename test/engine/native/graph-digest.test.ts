import * as tf from '@tensorflow/tfjs-core';
import { GraphBuilder } from '../../../src/engine/ir/builder';
import type { Attributes, ElementType, Graph, Value } from '../../../src/engine/ir/graph';
import { graphDigest } from '../../../src/engine/native/graph-digest';
import { graphOf } from '../support/graphs';

interface Parts {
  readonly shape?: readonly number[];
  readonly dtype?: ElementType;
  readonly operator?: string;
  readonly attributes?: Attributes;
  readonly constant?: (builder: GraphBuilder) => Value;
  readonly isTurned?: boolean;
  readonly outputs?: (x: Value, y: Value) => readonly Value[];
  readonly label?: string;
  readonly origin?: string;
  readonly firstId?: number;
}

/** An operator on an input and a constant. */
function graph(parts: Parts = {}): Graph {
  const { shape = [2, 3], dtype = 'float32', operator = 'Sub', attributes = {}, outputs = (_, y) => [y] } = parts;
  const builder = new GraphBuilder(parts.firstId);
  builder.origin = parts.origin ?? '';
  const x = builder.input({ shape, dtype });
  const constant = parts.constant?.(builder) ?? builder.constant(Float32Array.of(1, 2, 3), [3], 'float32');
  const given = parts.isTurned ? [constant, x] : [x, constant];
  const [y] = builder.node(operator, given, [{ shape, dtype }], attributes) as [Value];
  return { label: parts.label ?? 'test', inputs: builder.inputs, outputs: outputs(x, y), nodes: builder.nodes };
}

it('of two captures of one program is the same, whatever it is called', () => {
  const program = (x: tf.Tensor) => [tf.softmax(tf.matMul(x, tf.tensor2d([1, 2, 3, 4], [2, 2])))];
  const [one, two] = [1, 2].map(() => graphOf((x) => program(x!), [3, 2])) as [Graph, Graph];
  expect(graphDigest(one)).toBe(graphDigest({ ...two, label: 'another' }));
  expect(graphDigest(one)).toMatch(/^[0-9a-f]{64}$/);
});

it('does not depend on labels, origins and the numbers of values', () => {
  const names: Parts[] = [{ label: 'another' }, { origin: 'Sub' }, { firstId: 100 }];
  for (const parts of names) expect(graphDigest(graph(parts))).toBe(graphDigest(graph()));
});

it('of all graphs that compute something else is another', () => {
  const fill = (number: number): Parts => ({ constant: (builder) => builder.fill(number, [3]) });
  const data = (...numbers: number[]): Parts => ({
    constant: (builder) => builder.constant(Float32Array.from(numbers), [3], 'float32'),
  });
  const others: Parts[] = [
    {},
    { shape: [3, 3] },
    { shape: [6] },
    { dtype: 'int32' },
    { operator: 'Add' },
    { isTurned: true },
    { attributes: { axis: 1 } },
    { attributes: { axis: -1 } },
    { attributes: { axis: '1' } },
    { attributes: { axes: [1] } },
    { attributes: { axis: [1] } },
    { attributes: { axis: { float: 1 } } },
    ...[0, -0, 1, NaN, Infinity, -Infinity].map(fill),
    data(1, 2, 4),
    data(0, -0, 1),
    data(-0, 0, 1),
    { constant: (builder) => builder.constant(Float32Array.of(1, 2, 3), [1, 3], 'float32') },
    { constant: (builder) => builder.constant(Int32Array.of(1, 2, 3), [3], 'int32') },
    { outputs: (x) => [x] },
    { outputs: (x, y) => [x, y] },
    { outputs: (x, y) => [y, x] },
    { outputs: (_, y) => [y, y] },
  ];
  expect(new Set(others.map((parts) => graphDigest(graph(parts)))).size).toBe(others.length);
});

it('sees which of two equal inputs is used', () => {
  const using = (chosen: 0 | 1) => graphOf((...inputs) => [tf.exp(inputs[chosen]!)], [2], [2]);
  expect(graphDigest(using(0))).not.toBe(graphDigest(using(1)));
});

it('sees where an optional input is left out', () => {
  const clip = (left: (x: Value, bound: Value) => (Value | null)[]) => {
    const builder = new GraphBuilder();
    const x = builder.input({ shape: [2], dtype: 'float32' });
    const outputs = builder.node('Clip', left(x, builder.scalar(1)), [{ shape: [2], dtype: 'float32' }]);
    return graphDigest({ label: '', inputs: builder.inputs, outputs, nodes: builder.nodes });
  };
  expect(clip((x, bound) => [x, bound, null])).not.toBe(clip((x, bound) => [x, null, bound]));
});

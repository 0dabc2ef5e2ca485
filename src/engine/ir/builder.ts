import { createHash } from 'node:crypto';
import {
  sizeOf,
  type Attributes,
  type ConstantContent,
  type Domain,
  type ElementType,
  type Graph,
  type HostArray,
  type Node,
  type Shape,
  type TensorType,
  type Value,
} from './graph';

const arrayOf = { float32: Float32Array, int32: Int32Array, bool: Uint8Array, int64: BigInt64Array } as const;

/** Appends nodes to a growing graph. Equal constants are one value. */
export class GraphBuilder {
  readonly inputs: Value[] = [];
  readonly nodes: Node[] = [];
  /** Recorded in the nodes appended from now on. */
  origin = '';
  private nextId = 0;
  private readonly constants = new Map<string, Value>();

  input({ shape, dtype }: TensorType): Value {
    const value: Value = { id: this.nextId++, shape, dtype, source: { kind: 'input', index: this.inputs.length } };
    this.inputs.push(value);
    return value;
  }

  /** One number everywhere. */
  fill(number: number, shape: Shape, dtype: ElementType = 'float32'): Value {
    const fill =
      dtype === 'float32' ? Math.fround(number) : dtype === 'bool' ? Number(Boolean(number)) : Math.trunc(number);
    return this.intern({ fill }, shape, dtype, Object.is(fill, -0) ? '-0' : String(fill));
  }

  scalar(number: number, dtype: ElementType = 'float32'): Value {
    return this.fill(number, [], dtype);
  }

  /** Host data as a constant; data that is one number everywhere becomes a fill. */
  constant(data: HostArray, shape: Shape, dtype: ElementType): Value {
    const first = data[0];
    if (first !== undefined && data.every((element) => Object.is(element, first))) {
      return this.fill(Number(first), shape, dtype);
    }
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.intern(
      { data },
      shape,
      dtype,
      bytes.length <= 64 ? bytes.join() : createHash('sha1').update(bytes).digest('hex'),
    );
  }

  /** A vector of integers that an operator takes as a shape, axes, starts or sizes. */
  indices(integers: readonly number[]): Value {
    return this.constant(BigInt64Array.from(integers, BigInt), [integers.length], 'int64');
  }

  node(
    operator: string,
    inputs: readonly (Value | null)[],
    outputs: readonly TensorType[],
    attributes: Attributes = {},
    domain: Domain = '',
  ): readonly Value[] {
    // A tensor without elements needs no operator, and onnxruntime refuses some of them.
    if (outputs.every(({ shape }) => sizeOf(shape) === 0)) {
      return outputs.map(({ shape, dtype }) => this.intern({ data: new arrayOf[dtype](0) }, shape, dtype, 'empty'));
    }
    const values: Value[] = [];
    const node: Node = { operator, domain, inputs, outputs: values, attributes, origin: this.origin };
    outputs.forEach(({ shape, dtype }, output) =>
      values.push({ id: this.nextId++, shape, dtype, source: { kind: 'node', node, output } }),
    );
    this.nodes.push(node);
    return values;
  }

  finish(outputs: readonly Value[], label: string): Graph {
    return { label, inputs: this.inputs, outputs, nodes: this.nodes };
  }

  private intern(content: ConstantContent, shape: Shape, dtype: ElementType, identity: string): Value {
    const key = `${dtype}[${shape.join()}]${identity}`;
    let value = this.constants.get(key);
    if (!value) {
      value = { id: this.nextId++, shape, dtype, source: { kind: 'constant', content } };
      this.constants.set(key, value);
    }
    return value;
  }
}

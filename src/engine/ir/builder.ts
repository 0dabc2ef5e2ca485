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

/** a + b is b + a. */
const commutative: ReadonlySet<string> = new Set(['Add', 'Mul', 'Max', 'Min', 'Equal', 'And', 'Or']);

/** Appends nodes to a growing graph. Equal constants are one value, and equal nodes are one node. */
export class GraphBuilder {
  readonly inputs: Value[] = [];
  readonly nodes: Node[] = [];
  /** Recorded in the nodes appended from now on. */
  origin = '';
  private readonly constants = new Map<string, Value>();
  private readonly known = new Map<string, Node>();

  /** Values are numbered from `nextId` on. */
  constructor(private nextId = 0) {}

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

  /** Values for the outputs of an operator: those of an equal node, where there is one, or else of a new node. */
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
    return this.append(this.draft(operator, inputs, outputs, attributes, domain));
  }

  /** A node that is not part of the graph until it is appended. */
  draft(
    operator: string,
    inputs: readonly (Value | null)[],
    outputs: readonly TensorType[],
    attributes: Attributes,
    domain: Domain,
  ): Node {
    const values: Value[] = [];
    const node: Node = { operator, domain, inputs, outputs: values, attributes, origin: this.origin };
    outputs.forEach(({ shape, dtype }, output) =>
      values.push({ id: this.nextId++, shape, dtype, source: { kind: 'node', node, output } }),
    );
    return node;
  }

  /** The outputs of a draft, which becomes part of the graph, or of an equal node that is there already. */
  append(draft: Node): readonly Value[] {
    const identity = identityOf(draft);
    const earlier = this.known.get(identity);
    if (earlier) return earlier.outputs;
    this.known.set(identity, draft);
    this.nodes.push(draft);
    return draft.outputs;
  }

  /** The graph that computes these outputs. Nodes that no output depends on are left out. */
  finish(outputs: readonly Value[], label: string): Graph {
    return { label, inputs: this.inputs, outputs, nodes: liveNodes(this.nodes, outputs) };
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

/** Equal for nodes that compute the same: the same operator of the same inputs with the same attributes. */
function identityOf({ operator, domain, inputs, attributes }: Node): string {
  const ids = inputs.map((input) => input?.id ?? -1);
  if (commutative.has(operator)) ids.sort((a, b) => a - b);
  return `${domain}:${operator}(${ids.join()})${textOf(attributes)}`;
}

/** Passes hand attributes on unchanged, so most are written out once. */
const texts = new WeakMap<Attributes, string>();
function textOf(attributes: Attributes): string {
  let text = texts.get(attributes);
  if (text === undefined) texts.set(attributes, (text = JSON.stringify(attributes)));
  return text;
}

/** The nodes that outputs depend on, in the order given. */
function liveNodes(nodes: readonly Node[], outputs: readonly Value[]): Node[] {
  const needed = new Set(outputs);
  const live: Node[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    live.push(node);
    for (const input of node.inputs) if (input) needed.add(input);
  }
  return live.reverse();
}
